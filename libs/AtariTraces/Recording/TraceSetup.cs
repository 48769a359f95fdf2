using System.Collections.Immutable;
using System.Globalization;
using DqnAspire.AtariTraces.Format;

namespace DqnAspire.AtariTraces.Recording;

/// <summary>How a game is prepared.</summary>
public sealed record TraceSetup
{
    /// <summary>Seed of the environment's generator.</summary>
    public uint Seed { get; init; } = 1;

    /// <summary>Resets after the one that belongs to loading, 0 and more.</summary>
    public int ExtraResets { get; init; }

    /// <summary>Properties of the cartridge where its rule, or the lack of one, says nothing else.</summary>
    public ImmutableArray<TraceSetting> Cartridge { get; init; } = [];

    /// <summary>Properties of the cartridge to override.</summary>
    public ImmutableArray<TraceSetting> Settings { get; init; } = [];

    /// <summary>The setup with which a trace was recorded.</summary>
    public static TraceSetup Of(TraceHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var cartridge = ImmutableArray.Create(
            new TraceSetting("lc", header.Left),
            new TraceSetting("rc", header.Right),
            new TraceSetting("cp", header.SwapPaddles ? "YES" : "NO"),
            new TraceSetting("ystart", header.FirstLine.ToString(CultureInfo.InvariantCulture)));
        // The height of a PAL picture may be what the console made of the property when it had found out the format.
        if (header.Format == "NTSC")
        {
            cartridge = cartridge.Add(new TraceSetting("height", header.Height.ToString(CultureInfo.InvariantCulture)));
        }

        return new TraceSetup
        {
            Seed = header.Seed,
            ExtraResets = header.ExtraResets,
            Cartridge = cartridge,
            Settings = header.Settings,
        };
    }
}
