using System.Collections.Immutable;

namespace DqnAspire.AtariTraces.Format;

/// <summary>The console at the start of a game: what a line <c># state ...</c> of a trace says.</summary>
/// <param name="Name">When: <see cref="AfterLoad"/> or <see cref="AfterReset"/>.</param>
/// <param name="Screen">Hash of the picture, see <see cref="ScreenHash"/>.</param>
/// <param name="Ram">The 128 bytes of RAM, the one at address $80 first.</param>
public sealed record TraceState(string Name, ulong Screen, ImmutableArray<byte> Ram)
{
    /// <summary>The state after the reset that belongs to loading a cartridge.</summary>
    public const string AfterLoad = "after_loadROM";

    /// <summary>The state after a further reset.</summary>
    /// <param name="number">The first is 1.</param>
    public static string AfterReset(int number) => $"after_reset_game_{number}";
}
