namespace DqnAspire.Agents.Settings;

/// <summary>
/// Every number of a run. A preset fills one in; <c>--set Section:Key=value</c> changes single ones. Sections are the
/// properties of this type, keys the properties of a section that carry a <see cref="SettingAttribute"/>.
/// </summary>
public abstract class TrainingSettings
{
    /// <summary>Name of the preset that these settings started from.</summary>
    public required string Preset { get; init; }

    /// <summary>Seed, limits and stopping rule.</summary>
    public required RunSection Run { get; init; }

    /// <summary>What is played.</summary>
    public required EnvironmentSection Environment { get; init; }

    /// <summary>Whether a run of these settings can wait between two steps, and has checkpoints from which it can be resumed.</summary>
    public virtual bool HasCheckpoints => true;

    /// <summary>Checks what single settings cannot: that they fit each other.</summary>
    /// <exception cref="SettingException">Two settings contradict each other; both are named.</exception>
    public virtual void Validate()
    {
    }
}
