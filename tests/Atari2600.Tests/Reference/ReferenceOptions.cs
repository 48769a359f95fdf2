namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>
/// Television standard: it decides where a runaway frame is cut, and whether odd frames lose their colour.
/// </summary>
public enum ReferenceFormat
{
    /// <summary>Run 60 frames and count their lines, as ALE does for every cartridge it knows.</summary>
    AutoDetect,

    Ntsc,

    Pal,
}

/// <summary>What ALE takes from its table of cartridge properties.</summary>
public sealed record ReferenceOptions
{
    public bool LeftPaddles { get; init; }

    public bool RightPaddles { get; init; }

    /// <summary>The two paddles of a jack are exchanged.</summary>
    public bool SwapPaddles { get; init; }

    /// <summary>The devices of the two jacks are exchanged.</summary>
    public bool SwapPorts { get; init; }

    /// <summary>First line of the picture, counted from the line on which VSYNC ended.</summary>
    public int YStart { get; init; } = 34;

    /// <summary>Lines drawn. A detected PAL cartridge with 210 gets 250.</summary>
    public int Height { get; init; } = 210;

    /// <summary>Whether HMOVE blanks the left eight pixels.</summary>
    public bool HmoveBlanks { get; init; } = true;

    public ReferenceFormat Format { get; init; } = ReferenceFormat.AutoDetect;
}
