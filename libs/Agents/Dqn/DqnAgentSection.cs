using DqnAspire.Agents.Dqn.Recipes;
using DqnAspire.Agents.Settings;
using DqnAspire.Core.Networks;

namespace DqnAspire.Agents.Dqn;

#pragma warning disable CS1591 // Each property's SettingAttribute is its documentation.

/// <summary>The update rule of deep Q-learning.</summary>
public sealed class DqnAgentSection
{
    [Setting("Discount factor.", Min = 0, Max = 1)]
    public double Gamma { get; set; }

    [Setting("Loss of the taken action's error; a distribution of returns (Network:Returns) brings its own.")]
    public LossKind Loss { get; set; }

    [Setting("The online network chooses the next action, the target network values it (van Hasselt et al. 2016).")]
    public bool DoubleQ { get; set; }

    [Setting("Rewards in a return before it is bootstrapped (n).", Unit = "rewards", Min = 1, Max = 1000)]
    public int ReturnSteps { get; set; } = 1;

    [Setting(
        "Agent steps from one update to the next.",
        Unit = "agent steps", Min = 1, Max = 1_000_000, Changeable = SettingChange.WhileTraining)]
    public int UpdatePeriod { get; set; } = 1;

    [Setting("Updates each time.", Unit = "updates", Min = 1, Max = 1000)]
    public int UpdatesPerPeriod { get; set; } = 1;

    [Setting("Bootstrap from the true last state of a truncated episode.")]
    public bool BootstrapOnTruncation { get; set; } = true;

    [Setting(
        "Departure of one published recipe from the standard update: None, KerasFit, TerminalPenalty or "
        + "UnmaskedTargetActor.")]
    public string Rule { get; set; } = RecipeRules.None;

    [Setting("Act and learn at the same time: actions are chosen with weights at most ConcurrentUpdates updates old.")]
    public bool Concurrent { get; set; }

    [Setting("Updates of one concurrent phase (K).", Unit = "updates", Min = 1, Max = 10_000)]
    public int ConcurrentUpdates { get; set; } = 8;

    /// <summary>The loss: the one that the network's outputs need, otherwise the one that is set.</summary>
    internal LossDefinition DefineLoss(ValueDistribution values) =>
        values.Loss ?? (Loss == LossKind.SquaredError ? new SquaredError() : new HuberLoss());
}

/// <summary>Loss of the taken action's error.</summary>
public enum LossKind
{
    /// <summary>Huber's loss with threshold 1.</summary>
    Huber,

    /// <summary>The squared error.</summary>
    SquaredError,
}
