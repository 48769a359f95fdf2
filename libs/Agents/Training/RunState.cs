namespace DqnAspire.Agents.Training;

/// <summary>Where a run stands. The numbers are those of the wire format.</summary>
public enum RunState
{
    /// <summary>Connecting to what it needs.</summary>
    Starting = 1,

    /// <summary>Acting at random until the replay holds enough.</summary>
    WarmingUp = 2,

    /// <summary>Learning.</summary>
    Training = 3,

    /// <summary>Ended: the stopping rule fired.</summary>
    Solved = 4,

    /// <summary>Ended: a limit was reached before the stopping rule fired.</summary>
    Unsolved = 5,

    /// <summary>Ended on request.</summary>
    Stopped = 6,

    /// <summary>Ended by an error.</summary>
    Failed = 7,

    /// <summary>Training has ended; what was learnt is being evaluated.</summary>
    Evaluating = 8,
}
