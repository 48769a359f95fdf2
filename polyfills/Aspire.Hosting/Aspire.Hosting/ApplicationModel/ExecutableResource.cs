namespace Aspire.Hosting.ApplicationModel;

/// <summary>A program that runs as a process.</summary>
public class ExecutableResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    /// <summary>Creates an executable resource.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="command">Path of the program, or its name to be found on <c>PATH</c>.</param>
    /// <param name="workingDirectory">Directory it runs in.</param>
    public ExecutableResource(string name, string command, string workingDirectory)
        : base(name)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(workingDirectory);
        Command = command;
        WorkingDirectory = workingDirectory;
    }

    /// <summary>Path of the program, or its name to be found on <c>PATH</c>.</summary>
    public string Command { get; }

    /// <summary>Directory it runs in.</summary>
    public string WorkingDirectory { get; }
}
