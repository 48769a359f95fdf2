namespace DqnAspire.Environments.Atari.Rules.ModeSelection;

/// <summary>
/// A mode that the cartridge did not come to, most likely because it is not the cartridge that the rule was made for.
/// </summary>
public sealed class ModeSelectionException : InvalidOperationException
{
    /// <summary>The error for a selection that does not end.</summary>
    /// <param name="game">The game's id.</param>
    /// <param name="mode">The mode that was wanted.</param>
    /// <param name="problem">What went wrong, as a sentence.</param>
    public ModeSelectionException(string game, int mode, string problem)
        : base($"Mode {mode} of {game} cannot be selected: {problem}")
    {
        Mode = mode;
    }

    /// <summary>The mode that was wanted.</summary>
    public int Mode { get; }
}
