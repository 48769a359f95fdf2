using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Settings;

#pragma warning disable CS1591 // Each property's SettingAttribute is its documentation.

/// <summary>The experience store and how it is sampled.</summary>
public sealed class ReplaySection
{
    [Setting("Transitions kept; the oldest leave first.", Unit = "transitions", Min = 1, Max = 100_000_000)]
    public int Capacity { get; set; }

    [Setting("Transitions in a training call.", Unit = "transitions", Min = 1, Max = 65_536)]
    public int BatchSize { get; set; }

    [Setting(
        "Uniformly random steps that fill the replay before the first step that counts.",
        Unit = "agent steps", Min = 0, Max = 100_000_000)]
    public int PrefillSteps { get; set; }

    [Setting("Transitions stored before training begins.", Unit = "transitions", Min = 1, Max = 100_000_000)]
    public int StartSize { get; set; } = 1;

    [Setting("How a batch is chosen.")]
    public SamplingKind Sampling { get; set; }

    [Setting("Exponent of priorities (alpha, in Rainbow omega).", Min = 0, Max = 10)]
    public double PriorityExponent { get; set; } = 0.5;

    [Setting("Exponent of the importance weights at the start (beta).", Min = 0, Max = 1)]
    public double InitialImportance { get; set; } = 0.4;

    [Setting("Agent steps over which that exponent rises to 1; 0: it stays.", Unit = "agent steps", Min = 0)]
    public long ImportanceSteps { get; set; }
}
