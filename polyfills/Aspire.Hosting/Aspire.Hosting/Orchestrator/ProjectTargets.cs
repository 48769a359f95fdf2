using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace Aspire.Hosting.Orchestrator;

/// <summary>
/// The programs that projects are built to. For the projects that the application host's project references the build
/// has written them into its assembly (see <c>Aspire.AppHost.Sdk</c>); others are built when they are started.
/// </summary>
internal sealed class ProjectTargets(IReadOnlyDictionary<string, string> known, string configuration)
{
    public const string MetadataPrefix = "aspireprojecttarget:";

    /// <summary>Reads what the build has written.</summary>
    public static ProjectTargets From(DistributedApplicationOptions options)
    {
        var attributes = options.Assembly?.GetCustomAttributes<AssemblyMetadataAttribute>() ?? [];
        var known = attributes
            .Where(attribute => attribute.Key.StartsWith(MetadataPrefix, StringComparison.Ordinal))
            .DistinctBy(attribute => attribute.Key)
            .ToDictionary(
                attribute => Path.GetFullPath(attribute.Key[MetadataPrefix.Length..]),
                attribute => attribute.Value ?? string.Empty,
                OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        return new ProjectTargets(known, options.Assembly?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug");
    }

    /// <summary>The <c>dotnet</c> program that runs this process.</summary>
    public static string DotnetPath { get; } = Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>Full path of the assembly a project is built to; builds it if the application host's build did not.</summary>
    /// <exception cref="DistributedApplicationException">The project does not exist, is not built, or does not build.</exception>
    public async Task<string> ResolveAsync(string resourceName, string projectPath, CancellationToken cancellationToken)
    {
        if (!File.Exists(projectPath))
        {
            throw new DistributedApplicationException($"Project '{projectPath}' of resource '{resourceName}' does not exist.");
        }

        var target = known.TryGetValue(Path.GetFullPath(projectPath), out var path)
            ? path
            : await BuildAsync(resourceName, projectPath, cancellationToken).ConfigureAwait(false);
        return File.Exists(target)
            ? target
            : throw new DistributedApplicationException($"Project '{projectPath}' of resource '{resourceName}' is not built: '{target}' does not exist. Build the application host's project.");
    }

    private async Task<string> BuildAsync(string resourceName, string projectPath, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(DotnetPath, ["build", projectPath, "--configuration", configuration, "--nologo", "-getProperty:TargetPath"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        void Collect(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        }

        process.OutputDataReceived += Collect;
        process.ErrorDataReceived += Collect;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        var text = output.ToString().Trim();
        return process.ExitCode == 0
            ? text
            : throw new DistributedApplicationException($"Project '{projectPath}' of resource '{resourceName}' does not build:{Environment.NewLine}{text}");
    }
}
