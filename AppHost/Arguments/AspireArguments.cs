namespace DqnAspire.AppHost.Arguments;

/// <summary>
/// Arguments that are Aspire's, not ours: those of its tools (publish, deploy, the manifest) and settings of its host.
/// </summary>
internal static class AspireArguments
{
    private static readonly string[] OfPipelines = ["--operation", "--publisher", "--step", "--list-steps"];

    private static readonly string[] OfRuns =
    [
        "--environment",
        "--dcp-cli-path",
        "--dcp-container-runtime",
        "--dcp-dependency-check-timeout",
        "--dcp-dashboard-path",
    ];

    /// <summary>
    /// Whether the caller is a tool of Aspire that wants the model published, described or deployed; nothing is trained
    /// then.
    /// </summary>
    public static bool ArePipeline(string[] args) =>
        args.Any(argument => OfPipelines.Contains(NameOf(argument), StringComparer.OrdinalIgnoreCase));

    /// <summary>Divides the arguments of a run.</summary>
    /// <param name="args">All arguments.</param>
    /// <returns>
    /// Ours, and Aspire's: its switches, and settings of the host such as <c>--Logging:LogLevel:Default=Debug</c>.
    /// </returns>
    public static (string[] Ours, string[] Aspires) Split(string[] args)
    {
        var (ours, aspires) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (OfRuns.Contains(NameOf(args[i]), StringComparer.OrdinalIgnoreCase))
            {
                aspires.Add(args[i]);
                if (!args[i].Contains('=', StringComparison.Ordinal) && i + 1 < args.Length)
                {
                    aspires.Add(args[++i]);
                }
            }
            else
            {
                (IsSetting(args[i]) ? aspires : ours).Add(args[i]);
            }
        }

        return ([.. ours], [.. aspires]);
    }

    private static string NameOf(string argument) => argument.Split('=', 2)[0];

    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal)
        && argument.Contains('=', StringComparison.Ordinal)
        && NameOf(argument).Contains(':', StringComparison.Ordinal);
}
