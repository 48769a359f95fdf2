namespace DqnAspire.Runs.TensorBoard;

/// <summary>When an event file's records reach the operating system.</summary>
public sealed record EventFileOptions
{
    /// <summary>
    /// Records wait no longer than this, provided that others follow; a reader that refreshes sees them then.
    /// </summary>
    public TimeSpan FlushPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that wait at most.</summary>
    public int BufferBytes { get; init; } = 1 << 16;

    /// <summary>Names the file, stamps its records and times the flushes.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
