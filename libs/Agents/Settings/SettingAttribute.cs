namespace DqnAspire.Agents.Settings;

/// <summary>
/// Declares one setting: its meaning, its unit, and the values it can take. It is the only declaration; preset files,
/// <c>--set</c>, help texts, error messages, <c>run.json</c> and <c>ListPresets</c> all use it.
/// </summary>
/// <param name="description">Meaning, one line.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string description) : Attribute
{
    /// <summary>Meaning, one line.</summary>
    public string Description { get; } = description;

    /// <summary>What a number counts, for example "agent steps"; empty where it has no unit.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Smallest allowed number.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Whether <see cref="Min"/> itself is not allowed.</summary>
    public bool ExcludesMin { get; init; }

    /// <summary>Largest allowed number.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>When the setting of a run may be changed.</summary>
    public SettingChange Changeable { get; init; }
}
