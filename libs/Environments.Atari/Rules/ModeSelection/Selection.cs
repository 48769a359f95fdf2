using System.Collections.Immutable;

namespace DqnAspire.Environments.Atari.Rules.ModeSelection;

/// <summary>The selection of a mode in progress: what its steps work with.</summary>
internal sealed class Selection(int mode, GameState state, IModeSelectionHost host)
{
    /// <summary>
    /// A step that repeats gives up after this many rounds. The longest that a right cartridge takes is a few thousand;
    /// with another one a step may never end.
    /// </summary>
    private const int MaxRounds = 100_000;

    public IModeSelectionHost Host => host;

    public int Evaluate(Formula formula) => formula.Evaluate(state.Storage, mode, host);

    public bool IsTrue(Formula formula) => Evaluate(formula) != 0;

    public void Set(int slot, int value) => state.Storage[slot] = value;

    public void HoldSelect(int frames)
    {
        if (frames < 1)
        {
            throw Failed($"the select switch cannot be held for {frames} frames.");
        }

        host.HoldSelect(frames);
    }

    public void Act(ImmutableArray<int> actions)
    {
        foreach (var action in actions)
        {
            host.Act(action, 1);
        }
    }

    /// <summary>Repeats until a condition holds, which is looked at before each round.</summary>
    /// <param name="isDone">The condition.</param>
    /// <param name="round">What is repeated.</param>
    /// <param name="maxRounds">How often at most; null for as often as any step.</param>
    /// <exception cref="ModeSelectionException">The condition does not hold after as many rounds.</exception>
    public void RepeatUntil(Func<bool> isDone, Action round, int? maxRounds = null)
    {
        var limit = maxRounds ?? MaxRounds;
        for (var done = 0; !isDone(); done++)
        {
            if (done == limit)
            {
                throw Failed($"the console did not get there in {limit} tries.");
            }

            round();
        }
    }

    private ModeSelectionException Failed(string problem) => new(state.Rule.Id, mode, problem);
}
