using System.Collections.Immutable;

namespace DqnAspire.AtariTraces.Format;

/// <summary>What a trace says before its first frame.</summary>
public sealed record TraceHeader
{
    /// <summary>File name of the cartridge.</summary>
    public required string Rom { get; init; }

    /// <summary>MD5 of the cartridge's image, 32 lower-case hexadecimal digits.</summary>
    public required string Md5 { get; init; }

    /// <summary>Name of the rule that chose the actions, without its seed: <c>noop</c> or <c>lcg</c>.</summary>
    public required string Script { get; init; }

    /// <summary>Seed of the script and of the environment's generator.</summary>
    public required uint Seed { get; init; }

    /// <summary>For how many frames the script holds an action; 0 when it never changes it.</summary>
    public required int Hold { get; init; }

    /// <summary>Number of frames.</summary>
    public required int Frames { get; init; }

    /// <summary>Resets after the one that belongs to loading the cartridge.</summary>
    public required int ExtraResets { get; init; }

    /// <summary>What is plugged into the left jack: <c>JOYSTICK</c> or <c>PADDLES</c>.</summary>
    public required string Left { get; init; }

    /// <summary>What is plugged into the right jack.</summary>
    public required string Right { get; init; }

    /// <summary>Whether the paddles of a jack are exchanged.</summary>
    public required bool SwapPaddles { get; init; }

    /// <summary>The television format in use: <c>NTSC</c> or <c>PAL</c>.</summary>
    public required string Format { get; init; }

    /// <summary>First line of the picture.</summary>
    public required int FirstLine { get; init; }

    /// <summary>Lines of the picture, as the cartridge's properties have it.</summary>
    public required int Height { get; init; }

    /// <summary>
    /// The cartridge's board, with <c>AUTO-DETECT ==&gt; </c> before it when it was told from the image.
    /// </summary>
    public required string Bankswitch { get; init; }

    /// <summary>Properties of the cartridge that were overridden.</summary>
    public ImmutableArray<TraceSetting> Settings { get; init; } = [];

    /// <summary>The console after loading and after each extra reset.</summary>
    public required ImmutableArray<TraceState> States { get; init; }

    /// <summary>Lines of the picture as shown: its pixels are 160 times as many.</summary>
    public required int ScreenHeight { get; init; }

    /// <summary>Number of actions that the script chose from.</summary>
    public required int LegalActions { get; init; }
}
