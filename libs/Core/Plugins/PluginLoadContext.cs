using System.Reflection;
using System.Runtime.Loader;

namespace DqnAspire.Core.Plugins;

/// <summary>
/// Loads a plugin and what lies beside it. The assemblies of the contract come from the host, so that both sides mean
/// the same types; the plugin brings everything else itself, in its own versions.
/// </summary>
/// <param name="path">Full path of the plugin.</param>
/// <param name="contract">The assemblies that host and plugin share.</param>
internal sealed class PluginLoadContext(string path, IReadOnlyList<Assembly> contract)
    : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
{
    private readonly AssemblyDependencyResolver _resolver = new(path);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        contract.FirstOrDefault(shared => shared.GetName().Name == assemblyName.Name)
        ?? (_resolver.ResolveAssemblyToPath(assemblyName) is { } file ? LoadFromAssemblyPath(file) : null);

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } file
            ? LoadUnmanagedDllFromPath(file)
            : IntPtr.Zero;
}
