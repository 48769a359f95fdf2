using System.Reflection;

namespace DqnAspire.Environments.Plugins;

/// <summary>Loads environments from assemblies that are built outside of this product.</summary>
public static class EnvironmentPlugins
{
    /// <summary>Adds the environments of assemblies to those that are known.</summary>
    /// <param name="known">The environments that are there already.</param>
    /// <param name="paths">Files of assemblies, absolute or relative to the working directory.</param>
    /// <returns>A registry of all, the assemblies' after the others.</returns>
    /// <exception cref="EnvironmentPluginException">
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
                throw new EnvironmentPluginException(
                    $"'{path}' brings an environment '{taken.Id}', but there is one of that id already.");
            }

            known = Try(path, () => new EnvironmentRegistry([.. known.Definitions, .. definitions]));
        }

        return known;
    }

    private static EnvironmentDefinition[] Load(string path)
    {
        var file = Path.GetFullPath(path);
        if (!File.Exists(file))
        {
            throw new EnvironmentPluginException($"There is no assembly '{path}' (looked for {file}).");
        }

        var assembly = Try(path, () => new PluginLoadContext(file).LoadFromAssemblyPath(file));
        RequireVersion(path, assembly);
        var providers = Try(path, () => assembly.GetExportedTypes().Where(IsProvider).ToArray());
        var definitions = Try(path, () => providers
            .SelectMany(provider => ((IEnvironmentProvider)Activator.CreateInstance(provider)!).Environments)
            .ToArray());
        return definitions.Length > 0 ? definitions : throw new EnvironmentPluginException(
            $"'{path}' has no environments: "
            + $"none of its public classes is an {nameof(IEnvironmentProvider)} that names one.");
    }

    private static bool IsProvider(Type type) =>
        type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IEnvironmentProvider));

    /// <summary>
    /// A plugin needs the contract that it was built for: the same major version, of 0.x the same minor one, and none
    /// newer.
    /// </summary>
    private static void RequireVersion(string path, Assembly plugin)
    {
        foreach (var shared in PluginLoadContext.Shared.Select(assembly => assembly.GetName()))
        {
            var built = plugin.GetReferencedAssemblies()
                .FirstOrDefault(reference => reference.Name == shared.Name)?.Version;
            if (built is not null && shared.Version is { } here
                && (built.Major != here.Major || (here.Major == 0 && built.Minor != here.Minor) || built > here))
            {
                throw new EnvironmentPluginException(
                    $"'{path}' was built for {shared.Name} {built.ToString(3)}; this is {here.ToString(3)}. "
                    + "Build it for this version.");
            }
        }
    }

    /// <summary>Whatever a foreign assembly throws becomes one line with its name.</summary>
    private static T Try<T>(string path, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (BadImageFormatException exception)
        {
            throw new EnvironmentPluginException($"'{path}' is not a .NET assembly.", exception);
        }
        catch (Exception exception) when (exception is not EnvironmentPluginException)
        {
            var reason = (exception as TargetInvocationException)?.InnerException ?? exception;
            throw new EnvironmentPluginException(
                $"'{path}' cannot be loaded: {reason.Message.ReplaceLineEndings(" ")}", exception);
        }
    }
}
