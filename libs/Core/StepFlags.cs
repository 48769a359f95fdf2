namespace DqnAspire.Core;

/// <summary>
/// How a step ended, if it ended anything. The numbers are those of replay records on disk and in the replay contract.
/// </summary>
[Flags]
public enum StepFlags : byte
{
    /// <summary>A step in the middle of an episode.</summary>
    None = 0,

    /// <summary>
    /// The episode reached its end: nothing more could be earned, so there is nothing to bootstrap from.
    /// </summary>
    Terminated = 1,

    /// <summary>The episode was cut off, by a time limit for example, although it could have continued.</summary>
    Truncated = 2,

    /// <summary>Not a step: the first observation of an episode. Only replay records carry it.</summary>
    First = 4,
}

/// <summary>Questions about <see cref="StepFlags"/>.</summary>
public static class StepFlagsExtensions
{
    /// <summary>Whether the episode is over: terminated, truncated or both.</summary>
    /// <param name="flags">Flags of a step.</param>
    /// <returns>True when a reset is due.</returns>
    public static bool EndsEpisode(this StepFlags flags) => (flags & (StepFlags.Terminated | StepFlags.Truncated)) != 0;
}
