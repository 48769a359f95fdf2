namespace DqnAspire.Replay;

/// <summary>What a record is. The numbers are those of the wire format.</summary>
[Flags]
public enum RecordFlags : byte
{
    /// <summary>A step in the middle of an episode.</summary>
    None = 0,

    /// <summary>The step ended the task: nothing follows to bootstrap from.</summary>
    Terminated = 1,

    /// <summary>The step was the last before the episode was cut off.</summary>
    Truncated = 2,

    /// <summary>No step: the first observation of an episode.</summary>
    First = 4,
}
