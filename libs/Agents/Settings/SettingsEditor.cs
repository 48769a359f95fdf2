using System.Reflection;

namespace DqnAspire.Agents.Settings;

/// <summary>Lists the settings of a <see cref="TrainingSettings"/> object and changes them by name.</summary>
public static class SettingsEditor
{
    /// <summary>Name of the setting that says what is played.</summary>
    internal const string EnvironmentId = "Environment:Id";

    private const string OptionsPrefix = "Environment:Options:";

    /// <summary>Settings with the same values, free to be changed.</summary>
    public static TrainingSettings Copy(TrainingSettings settings)
    {
        var copy = settings.Algorithm.CreateSettings(settings.Preset);
        copy.PresetSource = settings.PresetSource;
        foreach (var (from, to) in List(settings).Zip(List(copy)))
        {
            to.Set(from.Value);
        }

        foreach (var (name, value) in settings.Environment.Options)
        {
            copy.Environment.Options[name] = value;
        }

        return copy;
    }

    /// <summary>Every setting, in the order of the source.</summary>
    public static IReadOnlyList<SettingInfo> List(TrainingSettings settings)
    {
        var list = new List<SettingInfo>();
        // Base-class sections (Run, Environment) first, then those of the algorithm.
        var sections = settings.GetType().GetProperties()
            .Where(p => p.PropertyType.IsClass && p.PropertyType != typeof(string))
            .OrderBy(p => p.DeclaringType == typeof(TrainingSettings) ? 0 : 1);
        foreach (var sectionProperty in sections)
        {
            var section = sectionProperty.GetValue(settings)!;
            foreach (var property in section.GetType().GetProperties())
            {
                if (property.GetCustomAttribute<SettingAttribute>() is { } attribute)
                {
                    list.Add(new SettingInfo(sectionProperty.Name, section, property, attribute));
                }
            }
        }

        return list;
    }

    /// <summary>Changes settings and checks the result as a whole.</summary>
    /// <param name="settings">What is changed.</param>
    /// <param name="changes">"Section:Key" to value; names are not case-sensitive.</param>
    /// <exception cref="SettingException">
    /// A name is unknown, a value is not allowed, or two settings contradict each other.
    /// </exception>
    public static void Apply(TrainingSettings settings, IEnumerable<KeyValuePair<string, string>> changes)
    {
        var known = List(settings);
        foreach (var (name, value) in changes)
        {
            var isOption = name.Length > OptionsPrefix.Length
                && name.StartsWith(OptionsPrefix, StringComparison.OrdinalIgnoreCase);
            if (isOption)
            {
                settings.Environment.Options[name[OptionsPrefix.Length..]] = value;
                continue;
            }

            var setting = known.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw new SettingException(
                    $"'{name}' is not a setting of preset {settings.Preset}. Its settings: "
                    + $"{string.Join(", ", known.Select(s => s.Name))}, {OptionsPrefix}<name>.");
            setting.Set(value);
            if (setting.Name == EnvironmentId)
            {
                // A user who names an environment does not want another one in its place.
                settings.Environment.StandIn = "";
            }
        }

        settings.Validate();
    }

    /// <summary>Splits <c>Section:Key=value</c>.</summary>
    /// <exception cref="SettingException">There is no name before a '='.</exception>
    public static KeyValuePair<string, string> Parse(string assignment)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new(assignment[..equals].Trim(), assignment[(equals + 1)..].Trim())
            : throw new SettingException($"'{assignment}' is not of the form Section:Key=value.");
    }
}
