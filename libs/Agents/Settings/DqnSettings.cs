#pragma warning disable CS1591 // Each property's SettingAttribute is its documentation.

using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Settings;

/// <summary>Settings of deep Q-learning and its family: each extension is a switch that combines with the others.</summary>
public sealed class DqnSettings : TrainingSettings
{
    /// <summary>The network.</summary>
    public required NetworkSection Network { get; init; }

    /// <summary>The update rule.</summary>
    public required DqnAgentSection Agent { get; init; }

    /// <summary>How gradients become steps.</summary>
    public required OptimizerSection Optimizer { get; init; }

    /// <summary>When the target network is copied.</summary>
    public required TargetSection Target { get; init; }

    /// <summary>Exploration.</summary>
    public required ExplorationSection Exploration { get; init; }

    /// <summary>The experience store.</summary>
    public required ReplaySection Replay { get; init; }

    /// <summary>The greedy episodes between training episodes.</summary>
    public required ValidationSection Validation { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        Network.Validate();
        Exploration.Validate();
        Optimizer.Validate();
        if (Replay.Sampling == SamplingKind.WithoutReplacement && Replay.BatchSize > Replay.Capacity)
        {
            throw new SettingException(
                $"Replay:BatchSize={Replay.BatchSize} is larger than Replay:Capacity={Replay.Capacity}: a batch is sampled without replacement.");
        }

        var incomplete = (Agent.ReturnSteps - 1) * Environment.Lanes;
        if ((Replay.Sampling == SamplingKind.WithoutReplacement ? Replay.BatchSize : 1) + incomplete > Replay.Capacity)
        {
            throw new SettingException(
                $"Replay:Capacity={Replay.Capacity} is too small: with Agent:ReturnSteps={Agent.ReturnSteps} and Environment:Lanes={Environment.Lanes} the newest {incomplete} transitions still miss rewards, and too few for Replay:BatchSize={Replay.BatchSize} are left.");
        }

        if (Replay.StartSize > Replay.Capacity)
        {
            throw new SettingException($"Replay:StartSize={Replay.StartSize} is larger than Replay:Capacity={Replay.Capacity}: training would never begin.");
        }

        if (Agent.MiniBatchSize > Replay.BatchSize)
        {
            throw new SettingException(
                $"Agent:MiniBatchSize={Agent.MiniBatchSize} is larger than Replay:BatchSize={Replay.BatchSize}.");
        }

        if (Agent.MiniBatchSize > 0 && Agent.Loss != LossKind.SquaredErrorOverActions)
        {
            throw new SettingException(
                $"Agent:MiniBatchSize={Agent.MiniBatchSize} needs Agent:Loss={LossKind.SquaredErrorOverActions}, not {Agent.Loss}: only labels for all actions are taken in parts.");
        }

        if (Agent.Loss == LossKind.SquaredErrorOverActions && (Network.Returns != ReturnModel.Mean || Replay.Sampling == SamplingKind.Prioritized))
        {
            throw new SettingException(
                $"Agent:Loss={Agent.Loss} goes with Network:Returns={ReturnModel.Mean} only, and not with Replay:Sampling={SamplingKind.Prioritized}.");
        }

        if (Agent.Concurrent && (Validation.EveryEpisodes > 0 || Replay.PrefillSteps > 0))
        {
            throw new SettingException(
                "Agent:Concurrent=true goes without Validation:EveryEpisodes and Replay:PrefillSteps: what happens at an episode's end needs the newest weights.");
        }

        if (Network.Returns == ReturnModel.Categorical && Network.MinimumReturn >= Network.MaximumReturn)
        {
            throw new SettingException(
                $"Network:MinimumReturn={Network.MinimumReturn} is not below Network:MaximumReturn={Network.MaximumReturn}.");
        }
    }
}

/// <summary>The update rule.</summary>
public sealed class DqnAgentSection
{
    [Setting("Discount factor.", Min = 0, Max = 1)]
    public double Gamma { get; set; }

    [Setting("What an update makes small.")]
    public LossKind Loss { get; set; }

    [Setting("The online network chooses the next action, the target network values it (van Hasselt et al. 2016).")]
    public bool DoubleQ { get; set; }

    [Setting("Rewards in a return before it is bootstrapped (n).", Min = 1, Max = 1000)]
    public int ReturnSteps { get; set; } = 1;

    [Setting("Agent steps from one update to the next.", Min = 1, Max = 1_000_000, Changeable = SettingChange.WhileTraining)]
    public int UpdatePeriod { get; set; } = 1;

    [Setting("Updates each time.", Min = 1, Max = 1000)]
    public int UpdatesPerPeriod { get; set; } = 1;

    [Setting("Bootstrap from the next state even when the episode terminated, as one recipe does by mistake.")]
    public bool BootstrapOnTerminal { get; set; }

    [Setting("Bootstrap from the true last state of a truncated episode.")]
    public bool BootstrapOnTruncation { get; set; } = true;

    [Setting("Label of a terminal transition is minus this instead of its reward; 0: its reward.", Min = 0)]
    public double TerminalPenalty { get; set; }

    [Setting("The target network chooses the actions, as one recipe does.")]
    public bool ActWithTarget { get; set; }

    [Setting("Transitions in one gradient step, where a training call takes its batch in shuffled parts; 0: the whole batch at once.", Min = 0, Max = 65_536)]
    public int MiniBatchSize { get; set; }

    [Setting("Act and learn at the same time: actions are chosen with weights at most ConcurrentUpdates updates old.")]
    public bool Concurrent { get; set; }

    [Setting("Updates of one concurrent phase (K).", Min = 1, Max = 10_000)]
    public int ConcurrentUpdates { get; set; } = 8;
}

/// <summary>What an update makes small.</summary>
public enum LossKind
{
    /// <summary>Huber's loss of the taken action's error, threshold 1; or the loss that a distribution needs.</summary>
    Huber,

    /// <summary>The squared error of the taken action.</summary>
    SquaredError,

    /// <summary>The mean squared error over all actions, where untaken ones have none: the gradient of the taken one carries 1/A.</summary>
    SquaredErrorOverActions,
}

/// <summary>When the target network is copied.</summary>
public sealed class TargetSection
{
    [Setting("How many of Unit from one copy to the next.", Min = 1)]
    public long Period { get; set; } = 1;

    [Setting("What Period counts.")]
    public TargetUnit Unit { get; set; }
}

/// <summary>What the period of the target network counts.</summary>
public enum TargetUnit
{
    /// <summary>Agent steps.</summary>
    Steps,

    /// <summary>Updates.</summary>
    Updates,

    /// <summary>Finished training episodes.</summary>
    Episodes,
}

/// <summary>Greedy episodes between training episodes, and what they decide.</summary>
public sealed class ValidationSection
{
    [Setting("Training episodes from one greedy episode to the next; 0: none, and the mean of the last 100 training episodes decides.", Min = 0, Max = 1_000_000)]
    public int EveryEpisodes { get; set; }

    [Setting("Greedy episodes averaged to confirm one that exceeded Run:GoalReturn.", Min = 1, Max = 10_000)]
    public int ConfirmationEpisodes { get; set; } = 1;
}
