using System.Reflection;

namespace Aspire.Hosting;

/// <summary>How a distributed application is built.</summary>
public sealed class DistributedApplicationOptions
{
    private string? _projectDirectory;

    /// <summary>Command line arguments of the application host.</summary>
    public string[]? Args { get; set; }

    /// <summary>Name of the application host's assembly; null for the entry assembly.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>Whether the dashboard stays off.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>
    /// Whether plain HTTP addresses are allowed for the dashboard. The real package refuses them by default; here the
    /// dashboard serves loopback addresses over plain HTTP only, so this changes nothing.
    /// </summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Whether lines that resources write are passed on to the application host's log.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>Directory of the application host's project; null to take it from the assembly.</summary>
    public string? ProjectDirectory
    {
        get => _projectDirectory ?? Metadata("apphostprojectpath");
        set => _projectDirectory = value;
    }

    internal Assembly? Assembly => field ??= string.IsNullOrEmpty(AssemblyName)
        ? Assembly.GetEntryAssembly()
        : Assembly.Load(AssemblyName);

    internal string? Metadata(string key) => Assembly?
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => string.Equals(attribute.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;
}
