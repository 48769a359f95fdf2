using System.Reflection;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Algorithms;

/// <summary>Loads algorithms and their presets from assemblies outside the tree.</summary>
public static class AlgorithmPlugins
{
    private const string PresetSuffix = ".preset.json";

    /// <summary>The built-in presets and algorithms, and those of some assemblies.</summary>
    /// <param name="paths">Assembly files; each has an <see cref="IAlgorithmPlugin"/>.</param>
    /// <exception cref="SettingException">A file cannot be loaded or has no plugin; the message names it.</exception>
    public static PresetCatalog Load(IEnumerable<string> paths) =>
        paths.Aggregate(PresetCatalog.BuiltIn, (catalog, path) => Add(catalog, LoadAssembly(path)));

    /// <summary>A catalogue with the algorithms and presets of an assembly that is loaded already.</summary>
    /// <exception cref="SettingException">The assembly has no plugin, or a preset of it is wrong.</exception>
    public static PresetCatalog Add(PresetCatalog catalog, Assembly assembly)
    {
        var types = assembly.GetExportedTypes()
            .Where(type => type is { IsAbstract: false } && typeof(IAlgorithmPlugin).IsAssignableFrom(type)).ToList();
        if (types.Count == 0)
        {
            throw new SettingException($"{assembly.Location} has no public class that implements {nameof(IAlgorithmPlugin)}.");
        }

        var algorithms = types.SelectMany(type => ((IAlgorithmPlugin)Activator.CreateInstance(type)!).Algorithms);
        return catalog.With(catalog.Algorithms.With(algorithms), PresetFile.ReadEmbedded(assembly, PresetSuffix));
    }

    private static Assembly LoadAssembly(string path)
    {
        try
        {
            return Assembly.LoadFrom(Path.GetFullPath(path));
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or ArgumentException)
        {
            throw new SettingException($"The assembly of algorithms {path} cannot be loaded: {e.Message}");
        }
    }
}
