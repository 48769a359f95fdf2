using DqnAspire.Environments.Atari.Cartridges;

namespace DqnAspire.AtariTraces.Cartridges;

/// <summary>The cartridges that traces are played with.</summary>
public static class TraceCartridges
{
    /// <summary>
    /// Those of this machine: of <c>GOLDEN_DIR/atari/roms</c> and <c>ROMS_DIR</c>, where these variables are set, and
    /// <see cref="VerificationCartridges"/>.
    /// </summary>
    public static CartridgeShelf OfThisMachine()
    {
        string[] golden = Environment.GetEnvironmentVariable("GOLDEN_DIR") is { Length: > 0 } folder
            ? [Path.Combine(folder, "atari", "roms")]
            : [];
        return With([.. golden, .. CartridgeShelf.OfThisMachine().Folders]);
    }

    /// <summary>Those of some folders, and <see cref="VerificationCartridges"/>.</summary>
    /// <param name="folders">The folders.</param>
    public static CartridgeShelf With(params IEnumerable<string> folders) => new(folders, VerificationCartridges.All);
}
