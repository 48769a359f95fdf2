using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;

namespace DqnAspire.Agents.Algorithms;

/// <summary>What is registered of an algorithm: its name, its settings, and how a run of it is opened.</summary>
public sealed class AlgorithmDescription
{
    private readonly Func<TrainingSettings> _createSettings;
    private readonly Func<TrainingSettings, TrainingSession, CancellationToken, Task<IAlgorithm>> _open;

    private AlgorithmDescription(
        string name, string summary, Func<TrainingSettings> createSettings,
        Func<TrainingSettings, TrainingSession, CancellationToken, Task<IAlgorithm>> open)
    {
        (Name, Summary, _createSettings, _open) = (name, summary, createSettings, open);
    }

    /// <summary>Name in preset files and in <c>run.json</c>.</summary>
    public string Name { get; }

    /// <summary>One line for people, with the source.</summary>
    public string Summary { get; }

    /// <summary>Stands for the algorithm of settings that no registry made.</summary>
    internal static AlgorithmDescription Unknown { get; } =
        new("", "", () => throw Missing(), (_, _, _) => throw Missing());

    /// <summary>Describes an algorithm.</summary>
    /// <param name="name">Its name: lower-case letters, digits and '-'.</param>
    /// <param name="summary">One line for people, with the source.</param>
    /// <param name="open">Opens what a run needs (environments, networks, tables) and builds the algorithm.</param>
    /// <typeparam name="TSettings">Its settings; a new object holds the defaults.</typeparam>
    public static AlgorithmDescription Of<TSettings>(
        string name, string summary, Func<TSettings, TrainingSession, CancellationToken, Task<IAlgorithm>> open)
        where TSettings : TrainingSettings, new() =>
        new(name, summary, () => new TSettings(), (settings, session, cancellationToken) =>
            open((TSettings)settings, session, cancellationToken));

    /// <summary>New settings with the defaults.</summary>
    /// <param name="preset">Name of the preset that they are for.</param>
    public TrainingSettings CreateSettings(string preset)
    {
        var settings = _createSettings();
        (settings.Algorithm, settings.Preset, settings.PresetSource) = (this, preset, preset);
        return settings;
    }

    /// <summary>Opens a run.</summary>
    internal Task<IAlgorithm> OpenAsync(
        TrainingSettings settings, TrainingSession session, CancellationToken cancellationToken) =>
        _open(settings, session, cancellationToken);

    private static InvalidOperationException Missing() =>
        new("These settings belong to no algorithm: a preset or AlgorithmDescription.CreateSettings makes them.");
}
