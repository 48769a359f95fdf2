using DqnAspire.AtariTraces.Format;

namespace DqnAspire.AtariTraces.Recording;

/// <summary>Replays the actions of a trace.</summary>
/// <param name="trace">The trace.</param>
public sealed class RecordedActions(Trace trace) : IActionSource
{
    private int _frame;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The trace is at its end.</exception>
    public int Next() => _frame < trace.Rows.Length
        ? trace.Rows[_frame++].Action
        : throw new InvalidOperationException($"The trace has {trace.Rows.Length} frames.");
}
