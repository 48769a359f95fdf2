namespace Aspire.Hosting.Orchestrator;

/// <summary>Finds programs the way a shell does.</summary>
internal static class ExecutableFinder
{
    /// <summary>Full path of a program.</summary>
    /// <exception cref="DistributedApplicationException">There is none.</exception>
    public static string Find(string resourceName, string command, string workingDirectory)
    {
        var isPath = command.Contains('/') || command.Contains(Path.DirectorySeparatorChar);
        var directories = isPath ? [workingDirectory] : (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        // On Windows a program's name may be written without its extension.
        string[] extensions = OperatingSystem.IsWindows() && !Path.HasExtension(command)
            ? (Environment.GetEnvironmentVariable("PATHEXT") ?? ".EXE").Split(';')
            : [string.Empty];
        return directories
            .SelectMany(directory => extensions.Select(extension => Path.GetFullPath(Path.Combine(directory, command + extension), workingDirectory)))
            .FirstOrDefault(File.Exists)
            ?? throw new DistributedApplicationException($"Program '{command}' of resource '{resourceName}' was not found{(isPath ? $" in '{workingDirectory}'" : " on PATH")}.");
    }
}
