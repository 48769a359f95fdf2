using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Processor.Translation;
using DqnAspire.Atari2600.Television;

namespace DqnAspire.Atari2600;

/// <summary>
/// What ALE's property table says of a cartridge: the part of the frame that is shown, the controllers, and a few
/// exceptions. The defaults fit most cartridges.
/// </summary>
public sealed record ConsoleOptions
{
    /// <summary>Maximum of <see cref="FirstLine"/>.</summary>
    public const int MaxFirstLine = 64;

    /// <summary>Maximum of <see cref="Height"/>.</summary>
    public const int MaxHeight = 256;

    /// <summary>First line of the picture, counted from the end of VSYNC; 0..64.</summary>
    public int FirstLine { get; init; } = 34;

    /// <summary>
    /// Lines of the picture, 1..256; 210 becomes 250 where the detected format is PAL. Less than 200 are shown as
    /// 200, of which the last remain black.
    /// </summary>
    public int Height { get; init; } = 210;

    /// <summary>
    /// Whether a height of 210 becomes 250 with <see cref="TelevisionFormat.Pal"/>; not with PAL60, PAL's colours on as
    /// many lines as NTSC has.
    /// </summary>
    public bool GrowsForPal { get; init; } = true;

    /// <summary>The television format; <see langword="null"/> detects it from the first 60 frames.</summary>
    public TelevisionFormat? Format { get; init; }

    /// <summary>What is plugged into the left jack.</summary>
    public ControllerType LeftController { get; init; }

    /// <summary>What is plugged into the right jack.</summary>
    public ControllerType RightController { get; init; }

    /// <summary>Exchanges the two paddles of a jack.</summary>
    public bool SwapPaddles { get; init; }

    /// <summary>Exchanges the two jacks: player A is at the right port.</summary>
    public bool SwapPorts { get; init; }

    /// <summary>Minimum resistance of a paddle, in ohms.</summary>
    public int MinPaddleResistance { get; init; } = 27_450;

    /// <summary>Maximum resistance of a paddle, in ohms.</summary>
    public int MaxPaddleResistance { get; init; } = 790_196;

    /// <summary>
    /// Positions of the difficulty and television switches during the trial run that detects the format. In every
    /// step the step itself says them.
    /// </summary>
    public ConsoleSwitches DetectionSwitches { get; init; }

    /// <summary>Whether an HMOVE at the start of a line blackens its first eight pixels.</summary>
    public bool HmoveBlanks { get; init; } = true;

    /// <summary>
    /// Whether code that runs often is translated for this machine, where the runtime can do that. It changes nothing
    /// but the speed.
    /// </summary>
    public bool Translate { get; init; } = true;

    /// <summary>Arrivals at a place before it is translated; tests want it at once.</summary>
    internal int TranslationThreshold { get; init; } = TranslationCache.Threshold;

    /// <summary>Throws where a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(FirstLine);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FirstLine, MaxFirstLine);
        ArgumentOutOfRangeException.ThrowIfLessThan(Height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Height, MaxHeight);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinPaddleResistance, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPaddleResistance, MinPaddleResistance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxPaddleResistance, 10_000_000);
    }
}
