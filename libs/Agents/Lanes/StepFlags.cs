namespace DqnAspire.Agents.Lanes;

/// <summary>How a step ended an episode, if it did. The numbers are those of the wire format.</summary>
[Flags]
public enum StepFlags : byte
{
    /// <summary>The episode goes on.</summary>
    None = 0,

    /// <summary>The task ended: nothing follows to bootstrap from.</summary>
    Terminated = 1,

    /// <summary>The episode was cut off, as by a time limit.</summary>
    Truncated = 2,
}
