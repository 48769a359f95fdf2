using DqnAspire.Atari2600.Controllers;

namespace DqnAspire.Environments.Atari.Rules.ModeSelection;

/// <summary>What the selection of a mode needs of the running environment.</summary>
public interface IModeSelectionHost
{
    /// <summary>The console's memory as it is now.</summary>
    IGameMemory Memory { get; }

    /// <summary>
    /// Holds the reset switch. The rule is evaluated in each of these frames, and the actions that sticky actions
    /// remember become <see cref="AtariAction.Noop"/>.
    /// </summary>
    /// <param name="frames">For how many frames.</param>
    void SoftReset(int frames);

    /// <summary>
    /// Holds the select switch without evaluating the rule, then runs one frame of <see cref="AtariAction.Noop"/> with
    /// it. Counts as one frame, however long.
    /// </summary>
    /// <param name="frames">For how many frames the switch is held, at least 1.</param>
    void HoldSelect(int frames);

    /// <summary>
    /// Takes steps of the environment, with all that belongs to them: repeated frames, sticky actions, illegal actions.
    /// </summary>
    /// <param name="action">0 to 17, see <see cref="AtariActions"/>.</param>
    /// <param name="count">How many steps.</param>
    void Act(int action, int count);

    /// <summary>The next number of the environment's generator, all 32 bits of it.</summary>
    /// <returns>The number.</returns>
    uint NextRandom();
}
