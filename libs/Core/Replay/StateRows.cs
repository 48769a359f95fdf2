namespace DqnAspire.Core.Replay;

/// <summary>
/// A column of states, row-major with little-endian numbers: [<paramref name="Count"/>, stack, observation], the oldest
/// observation of a stack first. Rows may overlap other columns of the same memory: the states and the next states of
/// windows of k+1 observations are two views of one array.
/// </summary>
/// <param name="Memory">The first row begins at its start, the last row ends at its end.</param>
/// <param name="Count">Rows, N.</param>
/// <param name="RowBytes">Bytes of a row.</param>
/// <param name="Stride">
/// Bytes from the start of a row to the start of the next; at least <paramref name="RowBytes"/>.
/// </param>
public readonly record struct StateRows(ReadOnlyMemory<byte> Memory, int Count, int RowBytes, int Stride)
{
    /// <summary>Rows that follow each other without a gap.</summary>
    /// <param name="memory">[count, row].</param>
    /// <param name="count">Rows.</param>
    public StateRows(ReadOnlyMemory<byte> memory, int count)
        : this(memory, count, count > 0 ? memory.Length / count : 0, count > 0 ? memory.Length / count : 0)
    {
    }

    /// <summary>The bytes from the start of the first row to the end of the last.</summary>
    public ReadOnlySpan<byte> Span => Memory.Span;

    /// <summary>One row, [stack, observation].</summary>
    /// <param name="index">0 .. <see cref="Count"/>-1.</param>
    public ReadOnlySpan<byte> this[int index] => Memory.Span.Slice(index * Stride, RowBytes);

    /// <summary>The states and the next states of windows, without a copy.</summary>
    /// <param name="windows">[count, k+1, observation].</param>
    /// <param name="count">Windows, N.</param>
    /// <param name="observationBytes">Bytes of an observation.</param>
    /// <returns>Of each window its first k observations, and its last k.</returns>
    public static (StateRows States, StateRows NextStates) OfWindows(
        ReadOnlyMemory<byte> windows, int count, int observationBytes)
    {
        var stride = windows.Length / count;
        var rowBytes = stride - observationBytes;
        return (
            new StateRows(windows[..^observationBytes], count, rowBytes, stride),
            new StateRows(windows[observationBytes..], count, rowBytes, stride));
    }
}
