using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Core;
using DqnAspire.Core.Plugins;

namespace DqnAspire.Agents.Algorithms;

/// <summary>Loads algorithms and their presets from assemblies that are built outside of this product.</summary>
public static class AlgorithmPlugins
{
    private const string PresetSuffix = ".preset.json";

    /// <summary>Adds the algorithms and presets of assemblies to those that are known.</summary>
    /// <param name="known">The presets and algorithms that are there already.</param>
    /// <param name="paths">Files of assemblies, absolute or relative to the working directory.</param>
    /// <exception cref="PluginException">
    /// A file cannot be loaded, brings no algorithms, or one whose name is taken; one line that names the file.
    /// </exception>
    /// <exception cref="SettingException">A preset of an assembly is wrong.</exception>
    public static PresetCatalog Load(PresetCatalog known, params IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var assembly = PluginAssembly.Load(
                path, typeof(IAlgorithmProvider).Assembly, typeof(ObservationSpace).Assembly);
            var algorithms = PluginAssembly.CreateAll<IAlgorithmProvider>(assembly)
                .SelectMany(provider => provider.Algorithms).ToList();
            if (algorithms.Find(algorithm => known.Algorithms.Contains(algorithm.Name)) is { } taken)
            {
                throw new PluginException(
                    $"'{path}' brings an algorithm '{taken.Name}', but there is one of that name already.");
            }

            known = known.With(known.Algorithms.With(algorithms), PresetFile.ReadEmbedded(assembly, PresetSuffix));
        }

        return known;
    }
}
