namespace DqnAspire.AppHost.Hosting;

/// <summary>Keeps this machine's own traffic away from a proxy that the environment names.</summary>
internal static class Loopback
{
    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "::1", "[::1]"];

    /// <summary>
    /// Adds loopback to <c>NO_PROXY</c>, for this process and all that it starts: services, orchestrator and dashboard talk to each other there, and a
    /// proxy has no way to it.
    /// </summary>
    public static void ExemptFromProxy()
    {
        // Both spellings are in use; where they differ, the lower one wins in .NET on Unix.
        foreach (var variable in OperatingSystem.IsWindows() ? ["NO_PROXY"] : (string[])["NO_PROXY", "no_proxy"])
        {
            var given = (Environment.GetEnvironmentVariable(variable) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            Environment.SetEnvironmentVariable(variable, string.Join(',', given.Union(Hosts)));
        }
    }
}
