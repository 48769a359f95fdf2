using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Dqn;

#pragma warning disable CS1591 // Each property's SettingAttribute is its documentation.

/// <summary>When the target network is copied.</summary>
public sealed class TargetSection
{
    [Setting("How many of Target:Unit from one copy to the next.", Unit = "see Target:Unit", Min = 1)]
    public long Period { get; set; } = 1;

    [Setting("What Target:Period counts.")]
    public TargetUnit Unit { get; set; }
}

/// <summary>What the period of the target network counts.</summary>
public enum TargetUnit
{
    /// <summary>Agent steps.</summary>
    Steps,

    /// <summary>Updates.</summary>
    Updates,

    /// <summary>Finished training episodes.</summary>
    Episodes,
}
