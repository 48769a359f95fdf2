namespace DqnAspire.AppHost.Hosting;

/// <summary>Settings of Aspire's host that this system needs otherwise than by default.</summary>
internal static class HostSettings
{
    /// <summary>Makes them, for one life of the system.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Create() =>
    [
        // A prompt that comes back means that everything has ended.
        new("DcpPublisher:WaitForResourceCleanup", "true"),
        // The dashboard's page asks for no login: it is on loopback. Aspire draws keys for everything else, so that only this
        // system's services send telemetry and only its tools read it.
        new("AppHost:BrowserToken", ""),
    ];
}
