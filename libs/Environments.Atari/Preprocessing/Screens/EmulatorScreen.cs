using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Atari.Preprocessing.Screens;

/// <summary>
/// An emulator seen in one of its two formats: the innermost environment of every pipeline. It notices lost lives.
/// </summary>
public sealed class EmulatorScreen : IScreenEnvironment
{
    private readonly IAtariEmulator _emulator;
    private readonly bool _isRgb;

    /// <summary>Chooses the format.</summary>
    /// <param name="emulator">The emulator.</param>
    /// <param name="format">The read-out that observations are made from.</param>
    public EmulatorScreen(IAtariEmulator emulator, ScreenFormat format)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        _emulator = emulator;
        _isRgb = format == ScreenFormat.Rgb;
        Screen = _isRgb
            ? FrameFormat.Rgb(emulator.ScreenHeight, emulator.ScreenWidth)
            : FrameFormat.Gray(emulator.ScreenHeight, emulator.ScreenWidth);
    }

    /// <inheritdoc/>
    public FrameFormat Screen { get; }

    /// <inheritdoc/>
    public ActionSpace ActionSpace => _emulator.ActionSpace;

    /// <inheritdoc/>
    public int Lives => _emulator.Lives;

    /// <inheritdoc/>
    public IDisplay Display => _emulator;

    /// <inheritdoc/>
    public Pcg64 Random => _emulator.Random;

    /// <inheritdoc/>
    public IReadOnlyList<string> InfoNames => _emulator.InfoNames;

    /// <inheritdoc/>
    public ResetEvents Reset(ulong? seed)
    {
        _emulator.Reset(seed);
        return default;
    }

    /// <inheritdoc/>
    public void ReadInfo(Span<long> values) => _emulator.ReadInfo(values);

    /// <inheritdoc/>
    public void Change(string name, string value) => _emulator.Change(name, value);

    /// <inheritdoc/>
    public StepResult Step(int action, bool draw)
    {
        var livesBefore = _emulator.Lives;
        var result = _emulator.Step(action, draw);
        var lives = _emulator.Lives;
        return result with { Lives = lives, LifeLost = lives < livesBefore };
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter writer) => _emulator.SaveState(writer);

    /// <inheritdoc/>
    public void RestoreState(StateReader reader) => _emulator.RestoreState(reader);

    /// <inheritdoc/>
    public void ReadScreen(Span<byte> screen)
    {
        Screen.ThrowIfTooShort(screen);
        if (_isRgb)
        {
            _emulator.ReadRgb(screen[..Screen.ByteCount]);
        }
        else
        {
            _emulator.ReadGrayscale(screen[..Screen.ByteCount]);
        }
    }
}
