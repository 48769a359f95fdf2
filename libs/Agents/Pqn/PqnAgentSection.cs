using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Pqn;

#pragma warning disable CS1591 // Each property's SettingAttribute is its documentation.

/// <summary>The update rule of parallelised Q-learning.</summary>
public sealed class PqnAgentSection
{
    [Setting("Discount factor.", Min = 0, Max = 1)]
    public double Gamma { get; set; }

    [Setting("Weight of longer returns in the lambda return: 0 is one step, 1 the whole rollout.", Min = 0, Max = 1)]
    public double Lambda { get; set; }

    [Setting(
        "Steps in every lane from one training to the next.", Unit = "agent steps of a lane", Min = 1, Max = 10_000)]
    public int RolloutSteps { get; set; } = 1;

    [Setting(
        "Parts into which the shuffled rollout is split, a gradient step each.", Unit = "parts", Min = 1, Max = 10_000)]
    public int MiniBatches { get; set; } = 1;

    [Setting("Passes over a rollout.", Unit = "passes", Min = 1, Max = 100)]
    public int Epochs { get; set; } = 1;
}
