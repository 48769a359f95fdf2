namespace DqnAspire.Agents.Settings;

/// <summary>
/// Describes one setting of a preset: what it means with its unit, and the values it can take. The same text serves
/// the reader of the source, <c>ListPresets</c> and error messages.
/// </summary>
/// <param name="description">Meaning and unit, one line.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string description) : Attribute
{
    /// <summary>Meaning and unit, one line.</summary>
    public string Description { get; } = description;

    /// <summary>Smallest allowed number.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Whether <see cref="Min"/> itself is not allowed.</summary>
    public bool ExcludesMin { get; init; }

    /// <summary>Largest allowed number.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>When the setting of a run may be changed.</summary>
    public SettingChange Changeable { get; init; }
}

/// <summary>When a setting of a run that has begun may be changed.</summary>
public enum SettingChange
{
    /// <summary>Never: it would no longer be the same run.</summary>
    Never,

    /// <summary>When the run is resumed: no step depends on it.</summary>
    OnResume,

    /// <summary>At any time between two steps.</summary>
    WhileTraining,
}
