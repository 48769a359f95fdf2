
namespace DqnAspire.AppHost.Arguments;

/// <summary>What the command line asks for.</summary>
/// <param name="Preset">The preset to train; null: the default, or that of the run that is resumed.</param>
/// <param name="Settings">Changes to its settings, each "Section:Key=value".</param>
/// <param name="UntilDone">Stop everything when the run has ended.</param>
/// <param name="Headless">No dashboard.</param>
/// <param name="RunDirectory">The run's own folder; null: one in <c>runs/</c>.</param>
/// <param name="Resume">The run to resume: its folder, or its id in <c>runs/</c>; null: a new run.</param>
/// <param name="PortOffset">Added to every port, so that two systems fit on one machine.</param>
/// <param name="Redis">The Redis that experience is kept in: its connection string; empty: one of the system's own; null: none.</param>
public sealed record AppHostOptions(
    string? Preset,
    IReadOnlyList<string> Settings,
    bool UntilDone,
    bool Headless,
    string? RunDirectory,
    string? Resume,
    int PortOffset,
    string? Redis)
{
    /// <summary>What runs when nothing is asked for.</summary>
    public static AppHostOptions Default { get; } = new(null, [], UntilDone: false, Headless: false, null, null, 0, null);
}
