namespace DqnAspire.Runs.Sessions;

/// <summary>
/// The one line on what is unusual about a run. It is shown until the trouble is over; how it ended is shown for a
/// while. One thread writes, any number read.
/// </summary>
/// <param name="clock">Tells the time.</param>
internal sealed class Notice(TimeProvider clock)
{
    /// <summary>How long people can read that something is over.</summary>
    public static readonly TimeSpan ResolvedTime = TimeSpan.FromSeconds(30);

    private volatile Line? _line;

    /// <summary>The line; empty when all is well.</summary>
    public string Text =>
        _line is { } line && (line.Resolved is not { } resolved || clock.GetElapsedTime(resolved) < ResolvedTime)
            ? line.Text
            : "";

    /// <summary>Whether the newest trouble is not over.</summary>
    public bool IsOpen => _line is { Resolved: null };

    /// <summary>Shows a trouble until <see cref="Resolve"/>.</summary>
    public void Notify(string text) => _line = new Line(text, null);

    /// <summary>Shows how the trouble ended.</summary>
    public void Resolve(string text) => _line = new Line(text, clock.GetTimestamp());

    private sealed record Line(string Text, long? Resolved);
}
