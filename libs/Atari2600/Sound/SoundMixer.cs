using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Sound;

/// <summary>
/// Makes the samples of the two channels, two a television line, from the registers as they are while the beam draws
/// the line. The registers belong to the TIA's state; the channels' counters do not, as nothing that a program can read
/// depends on them.
/// </summary>
internal sealed unsafe class SoundMixer(TiaState* tia)
{
    private const int SamplesPerLine = 2;

    /// <summary>The level without sound; the channels push it upwards.</summary>
    private const int Silence = 128;

    /// <summary>Both channels at full volume, 2 x 15, stay within a byte.</summary>
    private const int Amplitude = 4;

    private readonly TiaState* _tia = tia;
    private readonly SoundChannel _first = new();
    private readonly SoundChannel _second = new();
    private byte[] _samples = new byte[1024];
    private int _count;
    private int _line;

    /// <summary>The samples since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Samples => _samples.AsSpan(0, _count);

    /// <summary>Forgets the samples.</summary>
    public void Clear() => _count = 0;

    /// <summary>
    /// Sets the line that is next, at the start of a frame or where a console is put into another state.
    /// </summary>
    public void StartAt(int line) => _line = line;

    /// <summary>Makes the samples of all lines before one, with the registers as they are.</summary>
    /// <param name="line">The line, counted as the frame's.</param>
    public void AdvanceTo(int line)
    {
        for (; _line < line; _line++)
        {
            for (var i = 0; i < SamplesPerLine; i++)
            {
                Add();
            }
        }
    }

    private void Add()
    {
        if (_count == _samples.Length)
        {
            Array.Resize(ref _samples, 2 * _count);
        }

        var audio = _tia->Audio;
        var level = _first.Tick(audio[0], audio[2], audio[4]) + _second.Tick(audio[1], audio[3], audio[5]);
        _samples[_count++] = (byte)(Silence + (Amplitude * level));
    }
}
