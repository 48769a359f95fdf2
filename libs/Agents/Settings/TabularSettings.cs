#pragma warning disable CS1591 // Each property's SettingAttribute is its documentation.

namespace DqnAspire.Agents.Settings;

/// <summary>Settings of tabular Q-learning.</summary>
public sealed class TabularSettings : TrainingSettings
{
    /// <summary>A table is learnt in seconds, in blocks of steps: it is learnt anew instead.</summary>
    public override bool HasCheckpoints => false;

    /// <summary>The update rule.</summary>
    public required TabularAgentSection Agent { get; init; }

    /// <summary>The greedy test after every update.</summary>
    public required TabularValidationSection Validation { get; init; }
}

/// <summary>The update rule of tabular Q-learning.</summary>
public sealed class TabularAgentSection
{
    [Setting("Discount factor.", Min = 0, Max = 1)]
    public double Gamma { get; set; }

    [Setting("Step size of the update (alpha).", Min = 0, Max = 1)]
    public double LearningRate { get; set; }
}

/// <summary>The greedy test after every update.</summary>
public sealed class TabularValidationSection
{
    [Setting("Greedy episodes after every update.", Min = 1, Max = 10_000)]
    public int Episodes { get; set; }
}
