using DqnAspire.Core;
using DqnAspire.Core.Plugins;

namespace DqnAspire.Environments.Plugins;

/// <summary>Loads environments from assemblies that are built outside of this product.</summary>
public static class EnvironmentPlugins
{
    /// <summary>Adds the environments of assemblies to those that are known.</summary>
    /// <param name="known">The environments that are there already.</param>
    /// <param name="paths">Files of assemblies, absolute or relative to the working directory.</param>
    /// <returns>A registry of all, the assemblies' after the others.</returns>
    /// <exception cref="PluginException">
    /// A file is missing or not an assembly, was built for another version of this library, brings no environments, or
    /// one whose id is taken.
    /// </exception>
    public static EnvironmentRegistry Load(EnvironmentRegistry known, params IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(paths);
        foreach (var path in paths)
        {
            var definitions = Load(path);
            if (definitions.FirstOrDefault(definition => known.Find(definition.Id) is not null) is { } taken)
            {
                throw new PluginException(
                    $"'{path}' brings an environment '{taken.Id}', but there is one of that id already.");
            }

            known = PluginAssembly.Try(path, () => new EnvironmentRegistry([.. known.Definitions, .. definitions]));
        }

        return known;
    }

    private static EnvironmentDefinition[] Load(string path)
    {
        var assembly = PluginAssembly.Load(
            path, typeof(EnvironmentDefinition).Assembly, typeof(ObservationSpace).Assembly);
        var providers = PluginAssembly.CreateAll<IEnvironmentProvider>(assembly);
        var definitions = PluginAssembly.Try(
            path, () => providers.SelectMany(provider => provider.Environments).ToArray());
        return definitions.Length > 0
            ? definitions
            : throw new PluginException($"'{path}' has no environments: no {nameof(IEnvironmentProvider)} names one.");
    }
}
