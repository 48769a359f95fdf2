using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Presets;

/// <summary>A named, complete set of settings.</summary>
public sealed class Preset
{
    private readonly Func<TrainingSettings> _createSettings;

    internal Preset(string name, string description, Func<TrainingSettings> createSettings) =>
        (Name, Description, _createSettings) = (name, description, createSettings);

    /// <summary>Name on the command line.</summary>
    public string Name { get; }

    /// <summary>One line for people, with the source.</summary>
    public string Description { get; }

    /// <summary>A new object with the preset's values, free to be changed.</summary>
    public TrainingSettings CreateSettings() => _createSettings();
}
