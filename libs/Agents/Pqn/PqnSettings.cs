using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Pqn;

/// <summary>Settings of parallelised Q-learning (PQN).</summary>
public sealed class PqnSettings : TrainingSettings
{
    /// <summary>The network.</summary>
    public NetworkSection Network { get; init; } = new();

    /// <summary>The update rule.</summary>
    public PqnAgentSection Agent { get; init; } = new();

    /// <summary>How gradients become steps.</summary>
    public OptimizerSection Optimizer { get; init; } = new();

    /// <summary>Exploration.</summary>
    public ExplorationSection Exploration { get; init; } = new();

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Network.Validate();
        Exploration.Validate();
        Optimizer.Validate();
        if (Environment.Lanes * Agent.RolloutSteps % Agent.MiniBatches != 0)
        {
            throw new SettingException(
                $"Environment:Lanes={Environment.Lanes} times Agent:RolloutSteps={Agent.RolloutSteps} does not "
                + "divide into "
                + $"Agent:MiniBatches={Agent.MiniBatches} equal parts.");
        }

        if (Network.Returns != ReturnModel.Mean || Network.NoiseScale > 0)
        {
            throw new SettingException(
                "Network:Returns and Network:NoiseScale: parallelised Q-learning learns plain action values without "
                + "noise.");
        }
    }
}
