using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Runs.Records;

namespace DqnAspire.Runs.Reports;

/// <summary>In what a run's settings differ from its preset; the seed is no difference.</summary>
internal static class SettingChanges
{
    private const string Seed = "Run:Seed";
    private const string Options = "Environment:Options:";

    /// <summary>The differences by name.</summary>
    /// <returns>Null when this version has no such preset. A value is null where one side lacks the setting.</returns>
    public static IReadOnlyList<(string Name, string? Preset, string? Run)>? Of(RunFile run)
    {
        if (PresetCatalog.BuiltIn.All.FirstOrDefault(p => p.Name == run.Preset) is not { } preset)
        {
            return null;
        }

        var settings = preset.CreateSettings();
        var original = SettingsEditor.List(settings).ToDictionary(s => s.Name, s => s.Value);
        foreach (var (name, value) in settings.Environment.Options)
        {
            original[Options + name] = value;
        }

        return
        [
            .. original.Keys.Union(run.Settings.Keys)
                .Where(name => name != Seed)
                .Order(StringComparer.Ordinal)
                .Select(name => (
                    Name: name, Preset: original.GetValueOrDefault(name), Run: run.Settings.GetValueOrDefault(name)))
                .Where(change => change.Preset != change.Run),
        ];
    }
}
