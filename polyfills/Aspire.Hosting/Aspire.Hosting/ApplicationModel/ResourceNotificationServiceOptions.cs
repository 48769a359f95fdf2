namespace Aspire.Hosting.ApplicationModel;

/// <summary>Settings of <see cref="ResourceNotificationService"/>.</summary>
public sealed class ResourceNotificationServiceOptions
{
    /// <summary>What happens when a resource that is waited for becomes unavailable and the wait itself does not say.</summary>
    public WaitBehavior DefaultWaitBehavior { get; set; }
}
