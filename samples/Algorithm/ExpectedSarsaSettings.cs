using DqnAspire.Agents.Settings;

namespace ExpectedSarsaAlgorithm;

/// <summary>Settings of expected SARSA. Run and Environment come with every algorithm.</summary>
public sealed class ExpectedSarsaSettings : TrainingSettings
{
    /// <summary>The update rule.</summary>
    public ExpectedSarsaSection Agent { get; init; } = new();

    /// <summary>Exploration.</summary>
    public ExplorationSection Exploration { get; init; } = new();

    /// <summary>The greedy episodes between training episodes.</summary>
    public ValidationSection Validation { get; init; } = new();

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Exploration.Validate();
    }
}

/// <summary>The update rule of expected SARSA.</summary>
public sealed class ExpectedSarsaSection
{
    /// <summary>Discount factor.</summary>
    [Setting("Discount factor.", Min = 0, Max = 1)]
    public double Gamma { get; set; } = 0.99;

    /// <summary>Step size.</summary>
    [Setting("Step size of the update (alpha).", Min = 0, ExcludesMin = true, Max = 1)]
    public double LearningRate { get; set; } = 0.1;
}
