namespace Aspire.Hosting;

/// <summary>Says what this execution of the application host is for. Here it always runs the resources.</summary>
public class DistributedApplicationExecutionContext
{
    /// <summary>Creates a context.</summary>
    /// <param name="operation">What the execution is for.</param>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation) => Operation = operation;

    /// <summary>What the execution is for.</summary>
    public DistributedApplicationOperation Operation { get; }

    /// <summary>Whether the execution is for describing a deployment.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    /// <summary>Whether the execution is for running the resources.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    /// <summary>Services of the application host.</summary>
    /// <exception cref="InvalidOperationException">The application is not built yet.</exception>
    public IServiceProvider ServiceProvider => Services
        ?? throw new InvalidOperationException("The application is not built yet, so it has no services.");

    internal IServiceProvider? Services { get; set; }
}
