using System.Text.Json;
using DqnAspire.Agents.Algorithms;
using DqnAspire.Agents.Settings;
using DqnAspire.Core;

namespace DqnAspire.Agents.Presets;

/// <summary>
/// Presets by name, and the algorithms that preset files can name. Immutable: <see cref="With"/> makes a larger one.
/// </summary>
public sealed class PresetCatalog
{
    /// <summary>The preset that runs when none is named.</summary>
    public const string DefaultName = "volley";

    private const string OptionsPrefix = "Environment:Options:";

    private readonly IReadOnlyList<PresetFile> _files;

    private PresetCatalog(AlgorithmRegistry algorithms, IReadOnlyList<PresetFile> files)
    {
        (Algorithms, _files) = (algorithms, files);
        All = [.. files.Select(file => new Preset(file.Name, file.Description, () => CreateSettings(file, [])))];
    }

    /// <summary>The presets and algorithms of this library; the presets are embedded files.</summary>
    public static PresetCatalog BuiltIn { get; } = new(
        AlgorithmRegistry.BuiltIn, PresetFile.ReadEmbedded(typeof(PresetCatalog).Assembly, ".preset.json"));

    /// <summary>The algorithms that preset files can name.</summary>
    public AlgorithmRegistry Algorithms { get; }

    /// <summary>All presets.</summary>
    public IReadOnlyList<Preset> All { get; }

    /// <summary>Settings of a preset with changes applied.</summary>
    /// <param name="nameOrPath">A preset's name, not case-sensitive, or the path of a preset file.</param>
    /// <param name="changes">"Section:Key" to value.</param>
    /// <exception cref="UnknownPresetException">There is no such preset; the message lists the known ones.</exception>
    /// <exception cref="SettingException">The file is no preset, or a setting cannot be; one line.</exception>
    public TrainingSettings Resolve(string nameOrPath, IEnumerable<KeyValuePair<string, string>> changes)
    {
        var settings = Find(nameOrPath).CreateSettings();
        SettingsEditor.Apply(settings, changes);
        return settings;
    }

    /// <summary>The preset with a name, or the one in a file.</summary>
    /// <param name="nameOrPath">
    /// A name, not case-sensitive, or a path: it contains a separator or ends in <c>.json</c>.
    /// </param>
    /// <exception cref="UnknownPresetException">There is no such preset; the message lists the known ones.</exception>
    /// <exception cref="SettingException">The file cannot be read or is no preset; one line.</exception>
    public Preset Find(string nameOrPath)
    {
        var file = FindFile(nameOrPath);
        return All.FirstOrDefault(preset => preset.Name == file.Name && _files.Contains(file))
            ?? new Preset(file.Name, file.Description, () => CreateSettings(file, []));
    }

    /// <summary>Settings as a run recorded them, whether or not its preset is still there.</summary>
    /// <param name="preset">Name of the preset that the run started from.</param>
    /// <param name="algorithm">Name of the algorithm; null in records that do not say: the preset's.</param>
    /// <param name="settings">Every setting by name.</param>
    /// <exception cref="UnknownPresetException">The algorithm is not recorded, and there is no such preset.</exception>
    /// <exception cref="SettingException">There is no such algorithm, or a setting cannot be.</exception>
    public TrainingSettings Restore(
        string preset, string? algorithm, IEnumerable<KeyValuePair<string, string>> settings)
    {
        if (algorithm is null)
        {
            return Resolve(preset, settings);
        }

        var restored = Algorithms.Find(algorithm).CreateSettings(preset);
        SettingsEditor.Apply(restored, settings);
        return restored;
    }

    /// <summary>This catalogue with more presets and other algorithms.</summary>
    internal PresetCatalog With(AlgorithmRegistry algorithms, IEnumerable<PresetFile> files) =>
        new(algorithms, [.. _files, .. files]);

    private PresetFile FindFile(string nameOrPath)
    {
        if (_files.FirstOrDefault(file => Same(file.Name, nameOrPath)) is { } known)
        {
            return known;
        }

        var isPath = nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            || nameOrPath.AsSpan().ContainsAny('/', '\\');
        return isPath
            ? PresetFile.Read(nameOrPath)
            : throw new UnknownPresetException(
                $"There is no preset '{nameOrPath}'. Presets: {string.Join(", ", _files.Select(file => file.Name))}; "
                + "or the path of a preset file.");
    }

    /// <summary>Settings of a file: those of what it is based on, with its own on top.</summary>
    /// <param name="file">The file.</param>
    /// <param name="derived">Files that are based on it, to notice a circle.</param>
    private TrainingSettings CreateSettings(PresetFile file, IReadOnlyList<PresetFile> derived)
    {
        var settings = (file.BasedOn, file.Algorithm) switch
        {
            ({ } basedOn, null) => CreateBase(file, basedOn, derived),
            (null, { } algorithm) => At(
                file, algorithm.Line, () => Algorithms.Find(algorithm.Text).CreateSettings(file.Name)),
            ({ } basedOn, _) => throw file.Failure(basedOn.Line, "a preset has either 'basedOn' or 'algorithm'."),
            _ => throw file.Failure(1, "a preset needs 'algorithm' or 'basedOn'."),
        };
        (settings.Preset, settings.PresetSource) = (file.Name, _files.Contains(file) ? file.Name : file.Source);
        foreach (var entry in file.Entries)
        {
            Set(settings, file, entry);
        }

        return settings;
    }

    private TrainingSettings CreateBase(PresetFile file, PresetEntry basedOn, IReadOnlyList<PresetFile> derived)
    {
        var path = basedOn.Text.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? Path.Combine(Path.GetDirectoryName(file.Source) ?? "", basedOn.Text)
            : basedOn.Text;
        var parent = At(file, basedOn.Line, () => FindFile(path));
        if (parent.Source == file.Source || derived.Any(other => other.Source == parent.Source))
        {
            throw file.Failure(basedOn.Line, $"'{basedOn.Text}' is based on this preset itself.");
        }

        var settings = CreateSettings(parent, [.. derived, file]);
        if (file.Entries.Any(entry => Same(entry.Name, SettingsEditor.EnvironmentId)))
        {
            // The parent's stand-in is one for its own game.
            settings.Environment.StandIn = "";
        }

        return settings;
    }

    private static bool Same(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static void Set(TrainingSettings settings, PresetFile file, PresetEntry entry)
    {
        if (entry.Name.StartsWith(OptionsPrefix, StringComparison.OrdinalIgnoreCase))
        {
            settings.Environment.Options[entry.Name[OptionsPrefix.Length..]] = entry.Text;
            return;
        }

        var known = SettingsEditor.List(settings);
        var setting = known.FirstOrDefault(s => s.Name.Equals(entry.Name, StringComparison.OrdinalIgnoreCase))
            ?? throw file.Failure(
                entry.Line,
                $"'{Spelling.Echo(entry.Name)}' is not a setting of algorithm {settings.Algorithm.Name}"
                + Spelling.NearestClause(entry.Name, known.Select(s => s.Name)) + ".");
        if (!setting.Accepts(entry.Kind))
        {
            throw file.Failure(
                entry.Line,
                $"{setting.Name} is {Describe(entry)}, not {setting.Range}. {setting.Description}");
        }

        At(file, entry.Line, () =>
        {
            setting.Set(entry.Text);
            return true;
        });
    }

    private static string Describe(PresetEntry entry) =>
        entry.Kind == JsonTokenType.String ? $"the text \"{entry.Text}\"" : entry.Text;

    /// <summary>Does something for a line of a file; a failure then names the line.</summary>
    private static T At<T>(PresetFile file, int line, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is SettingException or UnknownPresetException)
        {
            throw file.Failure(line, e.Message);
        }
    }
}
