using System.Reflection;
using System.Text.Json;
using DqnAspire.Agents.Settings;
using DqnAspire.Core;

namespace DqnAspire.Agents.Presets;

/// <summary>
/// A preset as it is written: a JSON object with <c>description</c>, <c>algorithm</c> or <c>basedOn</c>, and a section
/// for each part of the settings. Comments are allowed; they say unit and source of a number. The file's name is the
/// preset's name.
/// </summary>
internal sealed class PresetFile
{
    private readonly List<PresetEntry> _entries = [];

    private PresetFile(string source, string name) => (Source, Name) = (source, name);

    /// <summary>
    /// The path of the file, for messages and for finding it again; the preset's name for one that is built in.
    /// </summary>
    public string Source { get; }

    /// <summary>The preset's name: the file's, without extension.</summary>
    public string Name { get; }

    /// <summary>One line for people, with the source.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Name of the algorithm; null: that of <see cref="BasedOn"/>.</summary>
    public PresetEntry? Algorithm { get; private set; }

    /// <summary>The preset whose settings are the defaults of this one; null: the algorithm's defaults.</summary>
    public PresetEntry? BasedOn { get; private set; }

    /// <summary>The settings that the file names, in its order.</summary>
    public IReadOnlyList<PresetEntry> Entries => _entries;

    /// <summary>Reads a file.</summary>
    /// <exception cref="SettingException">
    /// It cannot be read, or is no preset; one line with file and line number.
    /// </exception>
    public static PresetFile Read(string path)
    {
        try
        {
            var source = Path.GetFullPath(path);
            return Parse(source, Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(source));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"The preset file {path} cannot be read: {e.Message}");
        }
    }

    /// <summary>Reads the presets among an assembly's embedded resources, in the order of their names.</summary>
    public static IReadOnlyList<PresetFile> ReadEmbedded(Assembly assembly, string suffix)
    {
        var files = new List<PresetFile>();
        foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (resource.EndsWith(suffix, StringComparison.Ordinal))
            {
                using var stream = assembly.GetManifestResourceStream(resource)!;
                var content = new byte[stream.Length];
                stream.ReadExactly(content);
                files.Add(Parse(resource, resource[..^suffix.Length], content));
            }
        }

        return files;
    }

    /// <summary>A failure that names the file and the line.</summary>
    public SettingException Failure(int line, string problem) => new($"{Source}:{line}: {problem}");

    internal static PresetFile Parse(string source, string name, ReadOnlySpan<byte> content)
    {
        var file = new PresetFile(source, name);
        try
        {
            new PresetParser(file, content).Read(file._entries);
        }
        catch (JsonException e)
        {
            var message = e.Message.Split(" LineNumber:")[0];
            throw file.Failure((int)(e.LineNumber ?? 0) + 1, $"this is not JSON: {message}");
        }

        return file;
    }

    /// <summary>Takes one of the values that stand beside the sections.</summary>
    internal void SetHeading(PresetEntry entry)
    {
        if (entry.Kind != JsonTokenType.String || entry.Text.Length == 0)
        {
            throw Failure(entry.Line, $"'{entry.Name}' has to be a text.");
        }

        switch (entry.Name.ToUpperInvariant())
        {
            case "DESCRIPTION":
                Description = entry.Text;
                break;
            case "ALGORITHM":
                Algorithm = entry;
                break;
            case "BASEDON":
                BasedOn = entry;
                break;
            default:
                throw Failure(
                    entry.Line,
                    $"'{Spelling.Echo(entry.Name)}' is neither a section nor one of description, algorithm, basedOn"
                    + Spelling.NearestClause(entry.Name, ["description", "algorithm", "basedOn"]) + ".");
        }
    }
}

/// <summary>One value of a preset file.</summary>
/// <param name="Name">"Section:Key" of a setting, or the key of a heading.</param>
/// <param name="Text">The value as text.</param>
/// <param name="Kind">Its JSON type.</param>
/// <param name="Line">1-based line of the file.</param>
internal sealed record PresetEntry(string Name, string Text, JsonTokenType Kind, int Line);
