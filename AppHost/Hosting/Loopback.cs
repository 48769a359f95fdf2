namespace DqnAspire.AppHost.Hosting;

/// <summary>Keeps this machine's own traffic away from a proxy that the environment names.</summary>
internal static class Loopback
{
    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "::1", "[::1]"];

    /// <summary>
    /// Adds loopback to <c>NO_PROXY</c>, for this process and all that it starts: services, orchestrator and dashboard
    /// talk to each other there, and a proxy cannot reach it.
    /// </summary>
    public static void ExemptFromProxy()
    {
        // Both spellings are in use; where they differ, the lower-case one wins in .NET on Unix.
        string[] variables = OperatingSystem.IsWindows() ? ["NO_PROXY"] : ["NO_PROXY", "no_proxy"];
        foreach (var variable in variables)
        {
            var given = (Environment.GetEnvironmentVariable(variable) ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            Environment.SetEnvironmentVariable(variable, string.Join(',', given.Union(Hosts)));
        }
    }
}
