namespace DqnAspire.Agents.Settings;

#pragma warning disable CS1591 // Each property's SettingAttribute is its documentation.

/// <summary>Greedy episodes between training episodes, and what they decide.</summary>
public sealed class ValidationSection
{
    [Setting(
        "Training episodes from one greedy episode to the next; 0: none, and the mean of the last 100 training "
        + "episodes decides.",
        Unit = "episodes", Min = 0, Max = 1_000_000)]
    public int EveryEpisodes { get; set; }

    [Setting(
        "Greedy episodes averaged to confirm one that exceeded Run:GoalReturn.",
        Unit = "episodes", Min = 1, Max = 10_000)]
    public int ConfirmationEpisodes { get; set; } = 1;
}
