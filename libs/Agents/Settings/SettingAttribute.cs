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

    /// <summary>Largest allowed number.</summary>
    public double Max { get; init; } = double.PositiveInfinity;
}
