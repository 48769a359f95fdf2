using System.Reflection;

namespace DqnAspire.Core.Plugins;

/// <summary>Loads an assembly that is built outside of this product, and creates what it provides.</summary>
public static class PluginAssembly
{
    /// <summary>Loads an assembly.</summary>
    /// <param name="path">Its file, absolute or relative to the working directory.</param>
    /// <param name="contract">The assemblies that host and plugin share.</param>
    /// <exception cref="PluginException">
    /// The file is missing, is no assembly, or was built for another version.
    /// </exception>
    public static Assembly Load(string path, params IReadOnlyList<Assembly> contract)
    {
        var file = Path.GetFullPath(path);
        if (!File.Exists(file))
        {
            throw new PluginException($"There is no assembly '{path}' (looked for {file}).");
        }

        var assembly = Try(path, () => new PluginLoadContext(file, contract).LoadFromAssemblyPath(file));
        RequireVersion(path, assembly, contract);
        return assembly;
    }

    /// <summary>Creates an object of every public class of a plugin that provides something.</summary>
    /// <typeparam name="T">What it provides; the classes have constructors without parameters.</typeparam>
    /// <param name="assembly">The plugin.</param>
    /// <exception cref="PluginException">There is no such class, or one cannot be created.</exception>
    public static IReadOnlyList<T> CreateAll<T>(Assembly assembly)
        where T : class
    {
        var path = assembly.Location;
        var types = Try(path, () => assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(T))).ToList());
        return types.Count > 0
            ? Try(path, () => types.ConvertAll(type => (T)Activator.CreateInstance(type)!))
            : throw new PluginException($"None of the public classes of '{path}' is an {typeof(T).Name}.");
    }

    /// <summary>Asks a plugin for something; whatever it throws becomes one line with its name.</summary>
    /// <typeparam name="T">What it is asked for.</typeparam>
    /// <param name="path">The plugin's file, for the message.</param>
    /// <param name="load">Asks.</param>
    /// <exception cref="PluginException">The plugin threw something.</exception>
    public static T Try<T>(string path, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (BadImageFormatException e)
        {
            throw new PluginException($"'{path}' is not a .NET assembly.", e);
        }
        catch (Exception e) when (e is not PluginException)
        {
            var reason = (e as TargetInvocationException)?.InnerException ?? e;
            throw new PluginException($"'{path}' cannot be loaded: {reason.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>
    /// A plugin needs the contract that it was built for: the same major version, of 0.x the same minor one, and none
    /// newer.
    /// </summary>
    private static void RequireVersion(string path, Assembly plugin, IEnumerable<Assembly> contract)
    {
        foreach (var shared in contract.Select(assembly => assembly.GetName()))
        {
            var built = plugin.GetReferencedAssemblies()
                .FirstOrDefault(reference => reference.Name == shared.Name)?.Version;
            if (built is not null && shared.Version is { } here
                && (built.Major != here.Major || (here.Major == 0 && built.Minor != here.Minor) || built > here))
            {
                throw new PluginException(
                    $"'{path}' was built for {shared.Name} {built.ToString(3)}; this is {here.ToString(3)}. "
                    + "Build it for this version.");
            }
        }
    }
}
