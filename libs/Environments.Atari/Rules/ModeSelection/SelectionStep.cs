using System.Collections.Immutable;

namespace DqnAspire.Environments.Atari.Rules.ModeSelection;

/// <summary>A step of the selection of a mode.</summary>
public abstract record SelectionStep
{
    private protected SelectionStep()
    {
    }

    internal abstract void Run(Selection selection);
}

/// <summary>Holds the console's reset switch for <see cref="Frames"/> frames.</summary>
public sealed record SoftResetStep : SelectionStep
{
    /// <summary>How long the switch is held.</summary>
    public const int Frames = 4;

    internal override void Run(Selection selection) => selection.Host.SoftReset(Frames);
}

/// <summary>Holds the console's select switch once.</summary>
/// <param name="Frames">For how many frames.</param>
public sealed record PressSelectStep(int Frames) : SelectionStep
{
    internal override void Run(Selection selection) => selection.HoldSelect(Frames);
}

/// <summary>Holds the select switch again and again until a condition holds.</summary>
/// <param name="Until">The condition, looked at before each press.</param>
/// <param name="Frames">For how many frames; evaluated for every press.</param>
/// <param name="ThenAct">Actions after each press, one step of the environment each.</param>
/// <param name="MaxPresses">An error after so many presses; null for no limit.</param>
public sealed record PressSelectUntilStep(Formula Until, Formula Frames, ImmutableArray<int> ThenAct, int? MaxPresses)
    : SelectionStep
{
    internal override void Run(Selection selection) => selection.RepeatUntil(
        () => selection.IsTrue(Until),
        () =>
        {
            selection.HoldSelect(selection.Evaluate(Frames));
            selection.Act(ThenAct);
        },
        MaxPresses);
}

/// <summary>Takes an action for a number of steps of the environment.</summary>
/// <param name="Action">The action.</param>
/// <param name="Count">The number of steps.</param>
public sealed record ActStep(int Action, int Count) : SelectionStep
{
    internal override void Run(Selection selection) => selection.Host.Act(Action, Count);
}

/// <summary>Takes actions again and again until a condition holds.</summary>
/// <param name="Until">The condition, looked at before each round.</param>
/// <param name="Actions">The actions of a round, one step of the environment each.</param>
public sealed record ActUntilStep(Formula Until, ImmutableArray<int> Actions) : SelectionStep
{
    internal override void Run(Selection selection) =>
        selection.RepeatUntil(() => selection.IsTrue(Until), () => selection.Act(Actions));
}

/// <summary>Takes actions again and again until a value is another one than at first.</summary>
/// <param name="Read">The value.</param>
/// <param name="Actions">The actions of a round, one step of the environment each.</param>
public sealed record ActUntilChangedStep(Formula Read, ImmutableArray<int> Actions) : SelectionStep
{
    internal override void Run(Selection selection)
    {
        var before = selection.Evaluate(Read);
        selection.RepeatUntil(() => selection.Evaluate(Read) != before, () => selection.Act(Actions));
    }
}

/// <summary>Switches an option of a menu on or off.</summary>
/// <param name="Wanted">Not 0 when it is to be on.</param>
/// <param name="State">Not 0 when it is on; looked at before each round.</param>
/// <param name="OnActions">The actions of a round when it is to be on, one step of the environment each.</param>
/// <param name="OffActions">The actions of a round when it is to be off.</param>
public sealed record SetOptionStep(
    Formula Wanted, Formula State, ImmutableArray<int> OnActions, ImmutableArray<int> OffActions) : SelectionStep
{
    internal override void Run(Selection selection)
    {
        var wanted = selection.IsTrue(Wanted);
        selection.RepeatUntil(
            () => selection.IsTrue(State) == wanted, () => selection.Act(wanted ? OnActions : OffActions));
    }
}

/// <summary>Gives a variable of the rule a value.</summary>
/// <param name="Index">The variable's place in <see cref="GameRule.Variables"/>.</param>
/// <param name="Value">The value.</param>
public sealed record SetStep(int Index, Formula Value) : SelectionStep
{
    internal override void Run(Selection selection) => selection.Set(Index, selection.Evaluate(Value));
}
