using System.Reflection;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;

namespace DqnAspire.Runs.Records;

/// <summary>The settings of a run that is resumed: those it was started with.</summary>
public static class RecordedSettings
{
    /// <summary>The names of the settings that may be changed when a run is resumed; all are in section Run.</summary>
    public static IReadOnlyList<string> Changeable { get; } =
    [
        .. typeof(RunSection).GetProperties()
            .Where(p => p.GetCustomAttribute<SettingAttribute>()?.Changeable == SettingChange.OnResume)
            .Select(p => $"{nameof(TrainingSettings.Run)}:{p.Name}"),
    ];

    /// <summary>Every setting by name, as a run's file holds them.</summary>
    public static IReadOnlyDictionary<string, string> Of(TrainingSettings settings)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in SettingsEditor.List(settings))
        {
            texts[setting.Name] = setting.Value;
        }

        foreach (var (name, value) in settings.Environment.Options)
        {
            texts[$"Environment:Options:{name}"] = value;
        }

        return texts;
    }

    /// <summary>A recorded run's settings.</summary>
    /// <param name="file">The run's file.</param>
    /// <param name="changes">
    /// "Section:Key" to value; settings of <see cref="Changeable"/>, or others to the value they have.
    /// </param>
    /// <param name="catalog">Knows the run's algorithm; null: the built-in ones.</param>
    /// <exception cref="UnknownPresetException">This version has no such preset.</exception>
    /// <exception cref="SettingException">
    /// A setting is unknown, out of range, or cannot be changed when a run is resumed.
    /// </exception>
    public static TrainingSettings Resolve(
        RunFile file, IEnumerable<KeyValuePair<string, string>> changes, PresetCatalog? catalog = null)
    {
        var settings = (catalog ?? PresetCatalog.BuiltIn).Restore(file.Preset, file.Algorithm, file.Settings);
        foreach (var change in changes)
        {
            var before = Of(settings);
            SettingsEditor.Apply(settings, [change]);
            if (!Changeable.Contains(
                change.Key, StringComparer.OrdinalIgnoreCase) && !Of(settings).SequenceEqual(before))
            {
                throw new SettingException(
                    $"'{change.Key}' cannot be changed when a run is resumed, which would no longer be the same run. "
                    + $"These can: {string.Join(", ", Changeable)}.");
            }
        }

        return settings;
    }
}
