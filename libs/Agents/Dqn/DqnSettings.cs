using DqnAspire.Agents.Dqn.Recipes;
using DqnAspire.Agents.Settings;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Dqn;

/// <summary>
/// Settings of deep Q-learning and its family: each extension is a switch that combines with the others.
/// </summary>
public sealed class DqnSettings : TrainingSettings
{
    /// <summary>The network.</summary>
    public NetworkSection Network { get; init; } = new();

    /// <summary>The update rule.</summary>
    public DqnAgentSection Agent { get; init; } = new();

    /// <summary>How gradients become steps.</summary>
    public OptimizerSection Optimizer { get; init; } = new();

    /// <summary>When the target network is copied.</summary>
    public TargetSection Target { get; init; } = new();

    /// <summary>Exploration.</summary>
    public ExplorationSection Exploration { get; init; } = new();

    /// <summary>The experience store.</summary>
    public ReplaySection Replay { get; init; } = new();

    /// <summary>The greedy episodes between training episodes.</summary>
    public ValidationSection Validation { get; init; } = new();

    /// <summary>Steps from one checkpoint to the next at most: a table goes back several of them.</summary>
    internal const int MaxCheckpointPeriod = MaxTable / (RunSection.CheckpointsKept + 1);

    private const int MaxTable = 100_000_000;
    private const int MaxPhaseSteps = 1_000_000;

    /// <summary>
    /// Transitions of which the newest ones still miss rewards, because a return has several (n-step).
    /// </summary>
    internal int IncompleteTransitions => (Agent.ReturnSteps - 1) * Environment.Lanes;

    /// <summary>Complete transitions that a batch needs at least.</summary>
    internal int TransitionsForABatch => Replay.Sampling == SamplingKind.WithoutReplacement ? Replay.BatchSize : 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Network.Validate();
        Exploration.Validate();
        Optimizer.Validate();
        if (Replay.Sampling == SamplingKind.WithoutReplacement && Replay.BatchSize > Replay.Capacity)
        {
            throw new SettingException(
                $"Replay:BatchSize={Replay.BatchSize} is larger than Replay:Capacity={Replay.Capacity}: "
                + "a batch is sampled without replacement.");
        }

        if (TransitionsForABatch + IncompleteTransitions > Replay.Capacity)
        {
            throw new SettingException(
                $"Replay:Capacity={Replay.Capacity} is too small: with Agent:ReturnSteps={Agent.ReturnSteps} and "
                + $"Environment:Lanes={Environment.Lanes} the newest {IncompleteTransitions} transitions still miss "
                + "rewards, "
                + $"and too few for Replay:BatchSize={Replay.BatchSize} are left.");
        }

        if (Replay.StartSize > Replay.Capacity)
        {
            throw new SettingException(
                $"Replay:StartSize={Replay.StartSize} is larger than Replay:Capacity={Replay.Capacity}: training "
                + "would never begin.");
        }

        if (Run.CheckpointPeriod > MaxCheckpointPeriod)
        {
            throw new SettingException(
                $"Run:CheckpointPeriod={Run.CheckpointPeriod} is above {MaxCheckpointPeriod}: the experience of "
                + $"{RunSection.CheckpointsKept + 1} periods is kept beyond Replay:Capacity.");
        }

        if (Agent.Concurrent && (long)Agent.ConcurrentUpdates * Agent.UpdatePeriod > MaxPhaseSteps)
        {
            throw new SettingException(
                $"Agent:ConcurrentUpdates={Agent.ConcurrentUpdates} with Agent:UpdatePeriod={Agent.UpdatePeriod} make "
                + $"phases of more than {MaxPhaseSteps} steps, which are stored at a phase's end.");
        }

        if (Agent.Concurrent && (Validation.EveryEpisodes > 0 || Replay.PrefillSteps > 0))
        {
            throw new SettingException(
                "Agent:Concurrent=true goes without Validation:EveryEpisodes and Replay:PrefillSteps: "
                + "what happens at an episode's end needs the newest weights.");
        }

        if (Network.Returns == ReturnModel.Categorical && Network.MinimumReturn >= Network.MaximumReturn)
        {
            throw new SettingException(
                $"Network:MinimumReturn={Network.MinimumReturn} is not below "
                + $"Network:MaximumReturn={Network.MaximumReturn}.");
        }

        RecipeRules.Create(Agent.Rule)?.Validate(this);
    }
}
