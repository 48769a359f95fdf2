namespace DqnAspire.LearnerService;

/// <summary>The one line on what is unusual about a run. It goes when it is over; how it ended is shown for a while.</summary>
/// <param name="clock">Tells the time.</param>
internal sealed class RunNotice(TimeProvider clock)
{
    /// <summary>How long people can read that something is over.</summary>
    public static readonly TimeSpan ResolvedTime = TimeSpan.FromSeconds(30);

    private volatile Line? _line;

    /// <summary>The line; empty when there is nothing to tell.</summary>
    public string Text => _line is { } line && (line.Resolved is not { } resolved || clock.GetElapsedTime(resolved) < ResolvedTime) ? line.Text : "";

    /// <summary>Whether the trouble that was told last is still going on.</summary>
    public bool IsOpen => _line is { Resolved: null };

    /// <summary>Tells of a trouble that goes on until <see cref="Resolve"/>.</summary>
    public void Tell(string text) => _line = new Line(text, null);

    /// <summary>Tells how the trouble ended.</summary>
    public void Resolve(string text) => _line = new Line(text, clock.GetTimestamp());

    private sealed record Line(string Text, long? Resolved);
}
