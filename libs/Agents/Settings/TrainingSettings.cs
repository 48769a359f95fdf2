using DqnAspire.Agents.Algorithms;

namespace DqnAspire.Agents.Settings;

/// <summary>
/// Every number of a run. A preset fills them in; <c>--set Section:Key=value</c> changes single ones. Sections are the
/// properties of this type and its subtypes, keys the properties of a section that carry a <see
/// cref="SettingAttribute"/>.
/// </summary>
public abstract class TrainingSettings
{
    /// <summary>The algorithm that these settings are for.</summary>
    public AlgorithmDescription Algorithm { get; internal set; } = AlgorithmDescription.Unknown;

    /// <summary>Name of the preset that these settings started from.</summary>
    public string Preset { get; internal set; } = "";

    /// <summary>What finds that preset again: its name, or the full path of its file.</summary>
    public string PresetSource { get; internal set; } = "";

    /// <summary>Seed, limits and stopping rule.</summary>
    public RunSection Run { get; init; } = new();

    /// <summary>What is played.</summary>
    public EnvironmentSection Environment { get; init; } = new();

    /// <summary>Checks what single settings cannot: that they fit each other.</summary>
    /// <exception cref="SettingException">Two settings contradict each other; both are named.</exception>
    public virtual void Validate()
    {
        if (Environment.Id.Length == 0)
        {
            throw new SettingException($"Preset {Preset} does not say what is played: Environment:Id is empty.");
        }
    }
}
