using DqnAspire.Core;

namespace DqnAspire.Environments;

/// <summary>What a step gave beside its observation.</summary>
/// <param name="Reward">The environment's own reward, neither clipped nor scaled.</param>
/// <param name="Flags">Whether, and how, the episode ended.</param>
/// <param name="LearningReward">
/// The reward to learn from: clipped where preprocessing says so, otherwise equal to <paramref name="Reward"/>.
/// </param>
/// <param name="Lives">Lives left after the step; 0 where the environment counts none.</param>
/// <param name="LifeLost">A life was lost in the step, whether or not that ended the episode.</param>
public readonly record struct StepResult(
    double Reward, StepFlags Flags, double LearningReward, int Lives, bool LifeLost)
{
    /// <summary>A step of an environment without lives whose reward is learned from as it is.</summary>
    /// <param name="reward">The environment's own reward.</param>
    /// <param name="flags">Whether, and how, the episode ended.</param>
    public StepResult(double reward, StepFlags flags)
        : this(reward, flags, reward, 0, false)
    {
    }

    /// <summary>The episode reached its end.</summary>
    public bool Terminated => (Flags & StepFlags.Terminated) != 0;

    /// <summary>The episode was cut off.</summary>
    public bool Truncated => (Flags & StepFlags.Truncated) != 0;

    /// <summary>The episode is over, one way or the other or both.</summary>
    public bool Ended => Flags.EndsEpisode();

    /// <summary>
    /// The episode ended, but not the game: it was one life of it, and the next reset goes on with the next one.
    /// </summary>
    public bool GameContinues { get; init; }

    /// <summary>The episode is over, and the game with it.</summary>
    public bool EndsGame => Ended && !GameContinues;
}
