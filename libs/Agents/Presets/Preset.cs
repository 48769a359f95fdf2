using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Presets;

/// <summary>A named, complete set of settings.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Description">One line for people, with the source.</param>
/// <param name="CreateSettings">Makes a new object with the preset's values, free to be changed.</param>
public sealed record Preset(string Name, string Description, Func<TrainingSettings> CreateSettings);
