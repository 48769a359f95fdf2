namespace DqnAspire.AppHost.Hosting;

/// <summary>Settings of Aspire's host that differ from its defaults.</summary>
internal static class HostSettings
{
    /// <summary>Creates them for one start of the system.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Create() =>
    [
        // When the prompt returns, everything has ended.
        new("DcpPublisher:WaitForResourceCleanup", "true"),
        // The dashboard's page asks for no login: it is on loopback. Aspire draws keys for everything else, so only
        // this system's services send telemetry and only its tools read it.
        new("AppHost:BrowserToken", ""),
    ];
}
