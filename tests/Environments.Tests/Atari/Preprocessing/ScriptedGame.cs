using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Atari.Preprocessing.Screens;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Tests.Atari.Preprocessing;

/// <summary>What a step of the scripted game gives; its screen is one pixel.</summary>
internal readonly record struct ScriptedStep(
    byte Pixel, double Reward = 0, int Lives = 3, StepFlags Flags = StepFlags.None);

/// <summary>
/// A game that plays a script and writes down every call. The first reset shows the pixel 101, the next one 102, and so
/// on; a screen that was said not to be read must not be read.
/// </summary>
internal sealed class ScriptedGame(params ScriptedStep[] script) : IAtariEmulator
{
    private const int FirstLives = 3;
    private const int ResetPixel = 100;

    private readonly List<string> _tape = [];
    private int _next;
    private int _resets;
    private int? _pixel;

    public int ScreenHeight => 1;

    public int ScreenWidth => 1;

    public ActionSpace ActionSpace { get; init; } = new("NOOP", "FIRE", "RIGHT", "LEFT");

    public int FrameSkip => 1;

    public int Lives { get; private set; }

    public Pcg64 Random { get; private set; } = new(0);

    /// <summary>The calls since the last look.</summary>
    public string TakeTape()
    {
        var tape = string.Join(" ", _tape);
        _tape.Clear();
        return tape;
    }

    public void Reset(ulong? seed)
    {
        _tape.Add(seed is { } given ? $"reset({given})" : "reset");
        Random = seed is { } number ? new Pcg64(number) : Random;
        Lives = FirstLives;
        _pixel = ResetPixel + ++_resets;
    }

    public StepResult Step(int action, bool draw)
    {
        _tape.Add($"{action}");
        var step = _next < script.Length ? script[_next++] : new ScriptedStep(0);
        Lives = step.Lives;
        _pixel = draw ? step.Pixel : null;
        return new StepResult(step.Reward, step.Flags);
    }

    public void ReadGrayscale(Span<byte> screen)
    {
        Assert.True(_pixel.HasValue, "A screen was read that nobody was to read.");
        screen[0] = (byte)_pixel.Value;
    }

    public void ReadRgb(Span<byte> screen)
    {
        ReadGrayscale(screen);
        screen[1] = screen[2] = screen[0];
    }

    public void SaveState(StateWriter writer)
    {
        writer.Write([_next, _resets, Lives, _pixel ?? -1]);
        writer.Write(Random);
    }

    public void RestoreState(StateReader reader)
    {
        (_next, _resets, Lives) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        _pixel = reader.ReadInt32() is >= 0 and var pixel ? pixel : null;
        Random = reader.ReadPcg64()!;
    }
}
