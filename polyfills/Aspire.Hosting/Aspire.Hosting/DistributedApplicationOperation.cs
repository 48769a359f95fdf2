namespace Aspire.Hosting;

/// <summary>What an execution of the application host is for.</summary>
public enum DistributedApplicationOperation
{
    /// <summary>Run the resources on this machine.</summary>
    Run,

    /// <summary>Describe the resources for a deployment.</summary>
    Publish,
}
