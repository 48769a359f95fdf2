namespace Aspire.Hosting.Orchestrator;

/// <summary>
/// How resources are restarted and stopped; configuration section <c>AppHost:Orchestrator</c>. The real package has no
/// such settings, because it does not restart what crashed.
/// </summary>
internal sealed record OrchestratorOptions
{
    public const string SectionName = "AppHost:Orchestrator";

    /// <summary>How often a resource that ends with an error is started again before it is given up; 0 for never.</summary>
    public int MaxRestarts { get; init; } = 5;

    /// <summary>Milliseconds before the first restart; each further one waits twice as long.</summary>
    public int RestartDelayMilliseconds { get; init; } = 250;

    /// <summary>Upper limit of the wait in milliseconds.</summary>
    public int MaxRestartDelayMilliseconds { get; init; } = 8_000;

    /// <summary>A resource that has run for this many milliseconds has recovered: its restarts are counted afresh.</summary>
    public int RecoveredAfterMilliseconds { get; init; } = 60_000;

    /// <summary>Milliseconds a resource may take to end by itself before it is killed.</summary>
    public int StopGraceMilliseconds { get; init; } = 10_000;

    /// <summary>The wait before restart number <paramref name="restart"/>, counting from 1.</summary>
    public TimeSpan RestartDelay(int restart) => TimeSpan.FromMilliseconds(
        Math.Min(MaxRestartDelayMilliseconds, RestartDelayMilliseconds * Math.Pow(2, restart - 1)));
}
