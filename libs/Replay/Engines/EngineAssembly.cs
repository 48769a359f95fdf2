using System.Reflection;
using System.Runtime.Loader;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Engines;

/// <summary>Loads a replay engine from an assembly that the program was not built with.</summary>
public static class EngineAssembly
{
    /// <summary>Whether the name of an engine is the path of an assembly.</summary>
    /// <param name="engine">The name.</param>
    public static bool IsPath(string engine) => engine.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Makes the engine of an assembly: its only public class that implements <see cref="IReplayEngine"/>, by the
    /// constructor that takes the data directory.
    /// </summary>
    /// <param name="path">Path of the assembly; what it needs lies beside it.</param>
    /// <param name="dataDirectory">Folder of the tables.</param>
    /// <exception cref="ReplayStoreException">There is no such assembly, or no such class in it.</exception>
    public static IReplayEngine Load(string path, string dataDirectory)
    {
        path = Path.GetFullPath(path);
        if (!File.Exists(path))
        {
            throw new ReplayStoreException($"{path} cannot be loaded: there is no such file.", StoreProblem.Refused);
        }

        try
        {
            var assembly = new EngineLoadContext(path).LoadFromAssemblyPath(path);
            var engines = assembly.GetExportedTypes()
                .Where(t => t.IsClass && t.IsAssignableTo(typeof(IReplayEngine))).ToArray();
            if (engines.Length != 1 || engines[0].GetConstructor([typeof(string)]) is not { } constructor)
            {
                throw new ReplayStoreException(
                    $"{path} has {engines.Length} public classes that implement IReplayEngine; one, "
                    + "with a constructor that takes the data directory, is needed.",
                    StoreProblem.Refused);
            }

            return (IReplayEngine)constructor.Invoke([dataDirectory]);
        }
        catch (Exception e) when (
            e is FileNotFoundException or FileLoadException or BadImageFormatException or TypeLoadException)
        {
            throw new ReplayStoreException($"{path} cannot be loaded: {e.Message}", StoreProblem.Refused, e);
        }
        catch (TargetInvocationException e) when (e.InnerException is ReplayStoreException inner)
        {
            throw inner;
        }
    }

    /// <summary>Finds assemblies beside the engine; those that the program has loaded are shared with it.</summary>
    private sealed class EngineLoadContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override Assembly? Load(AssemblyName assemblyName) =>
            Default.Assemblies.Any(a => a.GetName().Name == assemblyName.Name) ? null
            : _resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found)
            : null;
    }
}
