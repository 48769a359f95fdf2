#pragma warning disable CS1591 // Each property's SettingAttribute is its documentation.

namespace DqnAspire.Agents.Settings;

/// <summary>Settings of deep Q-learning on vector observations.</summary>
public sealed class DqnSettings : RunSettings
{
    /// <summary>Network, optimiser and update rule.</summary>
    public required DqnAgentSection Agent { get; init; }

    /// <summary>Exploration.</summary>
    public required ExplorationSection Exploration { get; init; }

    /// <summary>The experience store.</summary>
    public required ReplaySection Replay { get; init; }

    /// <summary>The greedy episodes between training episodes.</summary>
    public required ValidationSection Validation { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        if (Replay.BatchSize > Replay.Capacity)
        {
            throw new SettingException(
                $"Replay:BatchSize={Replay.BatchSize} is larger than Replay:Capacity={Replay.Capacity}: a batch is sampled without replacement.");
        }

        if (Agent.MiniBatchSize > Replay.BatchSize)
        {
            throw new SettingException(
                $"Agent:MiniBatchSize={Agent.MiniBatchSize} is larger than Replay:BatchSize={Replay.BatchSize}.");
        }

        if (Exploration.FinalEpsilon > Exploration.InitialEpsilon)
        {
            throw new SettingException(
                $"Exploration:FinalEpsilon={Exploration.FinalEpsilon} is larger than Exploration:InitialEpsilon={Exploration.InitialEpsilon}.");
        }
    }
}

/// <summary>Network, optimiser and update rule.</summary>
public sealed class DqnAgentSection
{
    [Setting("Units of each hidden layer.", Min = 1, Max = 4096)]
    public int HiddenUnits { get; set; }

    [Setting("Hidden layers, each followed by a ReLU.", Min = 1, Max = 16)]
    public int HiddenLayers { get; set; }

    [Setting("Discount factor.", Min = 0, Max = 1)]
    public double Gamma { get; set; }

    [Setting("Learning rate of Adam.", Min = 0, Max = 1)]
    public double LearningRate { get; set; }

    [Setting("Bound on the absolute value of each gradient element; 0: no clipping.", Min = 0)]
    public double GradientClipValue { get; set; }

    [Setting("Transitions in one gradient step; a training call takes its batch in shuffled parts of this size.", Min = 1, Max = 65_536)]
    public int MiniBatchSize { get; set; }
}

/// <summary>Epsilon-greedy exploration that decays with finished episodes.</summary>
public sealed class ExplorationSection
{
    [Setting("Probability of a random action in the first episode.", Min = 0, Max = 1)]
    public double InitialEpsilon { get; set; }

    [Setting("Probability that epsilon decays to.", Min = 0, Max = 1)]
    public double FinalEpsilon { get; set; }

    [Setting("Decay rate per finished episode: epsilon = final + (initial - final) * exp(-rate * episodes).", Min = 0)]
    public double DecayPerEpisode { get; set; }
}

/// <summary>The experience store.</summary>
public sealed class ReplaySection
{
    [Setting("Transitions kept; filled with a uniformly random policy before training.", Min = 1, Max = 100_000_000)]
    public int Capacity { get; set; }

    [Setting("Transitions in a training call.", Min = 1, Max = 65_536)]
    public int BatchSize { get; set; }
}

/// <summary>Greedy episodes between training episodes, and what they decide.</summary>
public sealed class ValidationSection
{
    [Setting("Greedy episodes averaged to confirm one that exceeded Run:GoalReturn.", Min = 1, Max = 10_000)]
    public int ConfirmationEpisodes { get; set; }
}
