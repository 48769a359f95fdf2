#pragma warning disable CS1591 // Each property's SettingAttribute is its documentation.

namespace DqnAspire.Agents.Settings;

/// <summary>Settings of parallelised Q-learning (PQN).</summary>
public sealed class PqnSettings : TrainingSettings
{
    /// <summary>The network.</summary>
    public required NetworkSection Network { get; init; }

    /// <summary>The update rule.</summary>
    public required PqnAgentSection Agent { get; init; }

    /// <summary>How gradients become steps.</summary>
    public required OptimizerSection Optimizer { get; init; }

    /// <summary>Exploration.</summary>
    public required ExplorationSection Exploration { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        Network.Validate();
        Exploration.Validate();
        Optimizer.Validate();
        if (Environment.Lanes * Agent.RolloutSteps % Agent.MiniBatches != 0)
        {
            throw new SettingException(
                $"Environment:Lanes={Environment.Lanes} times Agent:RolloutSteps={Agent.RolloutSteps} does not divide into Agent:MiniBatches={Agent.MiniBatches} equal parts.");
        }

        if (Network.Returns != ReturnModel.Mean || Network.NoiseScale > 0)
        {
            throw new SettingException("Network:Returns and Network:NoiseScale: parallelised Q-learning learns plain action values without noise.");
        }
    }
}

/// <summary>The update rule of parallelised Q-learning.</summary>
public sealed class PqnAgentSection
{
    [Setting("Discount factor.", Min = 0, Max = 1)]
    public double Gamma { get; set; }

    [Setting("Weight of longer returns in the lambda return: 0 is one step, 1 the whole rollout.", Min = 0, Max = 1)]
    public double Lambda { get; set; }

    [Setting("Steps in every lane from one training to the next.", Min = 1, Max = 10_000)]
    public int RolloutSteps { get; set; }

    [Setting("Parts into which the shuffled rollout is split, a gradient step each.", Min = 1, Max = 10_000)]
    public int MiniBatches { get; set; }

    [Setting("Times that the rollout is gone through.", Min = 1, Max = 100)]
    public int Epochs { get; set; }
}
