using System.Collections.Immutable;

namespace DqnAspire.Environments.Atari.Rules.ModeSelection;

/// <summary>The variations of a game and how one is selected on the console.</summary>
/// <param name="Available">The modes there are.</param>
/// <param name="Default">The mode when none is asked for.</param>
/// <param name="Steps">What to do to select a mode, in this order; empty when there is nothing to select.</param>
public sealed record ModeRule(ImmutableArray<int> Available, int Default, ImmutableArray<SelectionStep> Steps)
{
    /// <summary>Selects a mode: part of every reset, also for the default mode.</summary>
    /// <param name="mode">One of <see cref="Available"/>.</param>
    /// <param name="state">The rule of the running game.</param>
    /// <param name="host">The running environment.</param>
    /// <exception cref="ArgumentOutOfRangeException">The game has no such mode.</exception>
    /// <exception cref="ModeSelectionException">The cartridge did not come to the mode.</exception>
    public void Select(int mode, GameState state, IModeSelectionHost host)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(host);
        if (!Available.Contains(mode))
        {
            throw new ArgumentOutOfRangeException(
                nameof(mode),
                mode,
                $"{state.Rule.Id} has no mode {mode}; its modes are {string.Join(", ", Available)}.");
        }

        var selection = new Selection(mode, state, host);
        foreach (var step in Steps)
        {
            step.Run(selection);
        }
    }
}
