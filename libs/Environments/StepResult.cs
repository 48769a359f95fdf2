namespace DqnAspire.Environments;

/// <summary>What a step gave beside its observation.</summary>
/// <param name="Reward">The environment's own reward, neither clipped nor scaled.</param>
/// <param name="Flags">Whether, and how, the episode ended.</param>
public readonly record struct StepResult(double Reward, StepFlags Flags)
{
    /// <summary>The episode reached an end of its own.</summary>
    public bool Terminated => (Flags & StepFlags.Terminated) != 0;

    /// <summary>The episode was cut off.</summary>
    public bool Truncated => (Flags & StepFlags.Truncated) != 0;

    /// <summary>The episode is over, one way or the other or both.</summary>
    public bool Ended => Flags.EndsEpisode();
}
