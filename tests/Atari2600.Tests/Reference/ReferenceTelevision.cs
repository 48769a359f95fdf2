namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>
/// Two frame buffers that change places and are never cleared in between: rows which a short frame does not reach show
/// the picture of two frames ago.
/// </summary>
public sealed class ReferenceTelevision
{
    public const int Width = 160;
    private const int Rows = 300;

    private byte[] _current = new byte[Width * Rows];
    private byte[] _previous = new byte[Width * Rows];

    public byte this[int row, int x]
    {
        get => _current[(row * Width) + x];
        set => _current[(row * Width) + x] = value;
    }

    public void Clear()
    {
        Array.Clear(_current);
        Array.Clear(_previous);
    }

    public void Swap() => (_current, _previous) = (_previous, _current);

    /// <summary>
    /// The mark of a frame that never ended: brightness only, in rows <paramref name="from"/> up to before
    /// <paramref name="to"/>.
    /// </summary>
    public void Grey(int from, int to)
    {
        for (var i = from * Width; i < to * Width; i++)
        {
            _current[i] = (byte)((_current[i] & 0x0F) >> 1);
        }
    }

    /// <summary>A copy of the first rows.</summary>
    public byte[] Picture(int rows) => _current[..(rows * Width)];
}
