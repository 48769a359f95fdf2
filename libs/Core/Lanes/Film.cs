namespace DqnAspire.Core.Lanes;

/// <summary>
/// What a lane showed during a step or a reset: every picture, also those that no observation is made of, and the sound
/// that goes with them. It is used again for each step.
/// </summary>
/// <param name="format">What its pictures and sound are made of.</param>
public sealed class Film(FilmFormat format)
{
    private byte[] _pictures = new byte[format.PictureBytes];
    private byte[] _sound = [];
    private int _soundLength;

    /// <summary>What its pictures and sound are made of.</summary>
    public FilmFormat Format => format;

    /// <summary>Number of pictures.</summary>
    public int Count { get; private set; }

    /// <summary>[count, height, width] or [count, height, width, 3].</summary>
    public ReadOnlyMemory<byte> Pictures => _pictures.AsMemory(0, Count * format.PictureBytes);

    /// <summary>The samples, unsigned bytes.</summary>
    public ReadOnlyMemory<byte> Sound => _sound.AsMemory(0, _soundLength);

    /// <summary>One picture.</summary>
    /// <param name="index">0 .. <see cref="Count"/>-1.</param>
    public ReadOnlyMemory<byte> this[int index] => Pictures.Slice(index * format.PictureBytes, format.PictureBytes);

    /// <summary>Forgets what the last step showed.</summary>
    public void Clear() => (Count, _soundLength) = (0, 0);

    /// <summary>Makes room for a picture at the end.</summary>
    /// <returns>Receives the picture.</returns>
    public Span<byte> Add()
    {
        var end = (Count + 1) * format.PictureBytes;
        if (end > _pictures.Length)
        {
            Array.Resize(ref _pictures, 2 * end);
        }

        Count++;
        return _pictures.AsSpan(end - format.PictureBytes, format.PictureBytes);
    }

    /// <summary>Makes room for samples at the end.</summary>
    /// <param name="count">Number of samples.</param>
    /// <returns>Receives the samples.</returns>
    public Span<byte> AddSound(int count)
    {
        if (_soundLength + count > _sound.Length)
        {
            Array.Resize(ref _sound, 2 * (_soundLength + count));
        }

        _soundLength += count;
        return _sound.AsSpan(_soundLength - count, count);
    }

    /// <summary>Takes over what a film of the same format shows, a far one for example.</summary>
    /// <param name="pictures">Its pictures.</param>
    /// <param name="sound">Its samples.</param>
    /// <exception cref="ArgumentException">The bytes are no whole number of pictures.</exception>
    public void Take(ReadOnlySpan<byte> pictures, ReadOnlySpan<byte> sound)
    {
        if (pictures.Length % format.PictureBytes != 0)
        {
            throw new ArgumentException(
                $"{pictures.Length} bytes are no pictures of {format.PictureBytes} bytes.", nameof(pictures));
        }

        Clear();
        for (var start = 0; start < pictures.Length; start += format.PictureBytes)
        {
            pictures.Slice(start, format.PictureBytes).CopyTo(Add());
        }

        sound.CopyTo(AddSound(sound.Length));
    }
}
