namespace DqnAspire.Core;

/// <summary>How a step ended, if it ended anything.</summary>
[Flags]
public enum StepFlags : byte
{
    /// <summary>The episode goes on.</summary>
    None = 0,

    /// <summary>The episode reached an end of its own: nothing more could be earned in it.</summary>
    Terminated = 1,

    /// <summary>The episode was cut off, by a time limit for example, although it could have gone on.</summary>
    Truncated = 2,
}

/// <summary>Questions about <see cref="StepFlags"/>.</summary>
public static class StepFlagsExtensions
{
    /// <summary>Whether the episode is over, one way or the other or both.</summary>
    /// <param name="flags">Flags of a step.</param>
    /// <returns>True when a reset is due.</returns>
    public static bool EndsEpisode(this StepFlags flags) => (flags & (StepFlags.Terminated | StepFlags.Truncated)) != 0;
}
