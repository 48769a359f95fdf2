using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Tabular;

#pragma warning disable CS1591 // Each property's SettingAttribute is its documentation.

/// <summary>Settings of tabular Q-learning.</summary>
public sealed class TabularSettings : TrainingSettings
{
    /// <summary>The update rule.</summary>
    public TabularAgentSection Agent { get; init; } = new();

    /// <summary>The greedy test after every update.</summary>
    public TabularValidationSection Validation { get; init; } = new();
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
    [Setting("Greedy episodes after every update.", Unit = "episodes", Min = 1, Max = 10_000)]
    public int Episodes { get; set; } = 1;
}
