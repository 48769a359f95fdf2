namespace DqnAspire.AppHost;

/// <summary>What the command line asks for.</summary>
/// <param name="Preset">The preset to train.</param>
/// <param name="Settings">Changes to its settings, each "Section:Key=value".</param>
/// <param name="UntilDone">Stop everything when the run has ended.</param>
/// <param name="Headless">No dashboard.</param>
/// <param name="RunDirectory">The run's own folder; null: one in <c>runs/</c>.</param>
/// <param name="PortOffset">Added to every port, so that two systems fit on one machine.</param>
/// <param name="Redis">The Redis that experience is kept in: its connection string; empty: one of the system's own; null: none.</param>
public sealed record AppHostOptions(
    string Preset,
    IReadOnlyList<string> Settings,
    bool UntilDone,
    bool Headless,
    string? RunDirectory,
    int PortOffset,
    string? Redis);
