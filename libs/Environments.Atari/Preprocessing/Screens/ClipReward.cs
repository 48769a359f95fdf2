namespace DqnAspire.Environments.Atari.Preprocessing.Screens;

/// <summary>The reward to learn from becomes its sign, -1, 0 or 1. The game's own reward stays beside it.</summary>
/// <param name="inner">The environment inside.</param>
public sealed class ClipReward(IScreenEnvironment inner) : ScreenWrapper(inner)
{
    /// <inheritdoc/>
    public override StepResult Step(int action, bool draw)
    {
        var result = Inner.Step(action, draw);
        return result with { LearningReward = Math.Sign(result.LearningReward) };
    }
}
