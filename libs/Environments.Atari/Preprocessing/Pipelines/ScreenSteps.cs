using DqnAspire.Environments.Atari.Preprocessing.Screens;

namespace DqnAspire.Environments.Atari.Preprocessing.Pipelines;

/// <summary>The wrappers as steps of a pipeline.</summary>
public static class ScreenSteps
{
    /// <summary>One life is one episode, in training.</summary>
    public static ScreenStep EpisodicLife { get; } =
        new("one life is one episode", inner => new EpisodicLife(inner)) { IsForTrainingOnly = true };

    /// <summary>The reward to learn from is the sign of the game's, in training.</summary>
    public static ScreenStep ClipReward { get; } = new(
        "reward clipped to its sign", inner => new ClipReward(inner))
    { IsForTrainingOnly = true };

    /// <summary>The end of a life is told as an end, and the game goes on.</summary>
    public static ScreenStep LifeLossInfo { get; } =
        new("a lost life says terminated, the game goes on", inner => new LifeLossInfo(inner));

    /// <summary>Action repeat and maximum as the baselines do them.</summary>
    /// <param name="skip">Repetitions, at least 1.</param>
    /// <returns>The step.</returns>
    public static ScreenStep MaxAndSkip(int skip) =>
        new($"action repeated {skip} times, maximum of two slots", inner => new MaxAndSkip(inner, skip));

    /// <summary>Action repeat and maximum as "Deep Reinforcement Learning Hands-On" does them.</summary>
    /// <param name="skip">Repetitions, at least 1.</param>
    /// <returns>The step.</returns>
    public static ScreenStep MaxOfLastTwo(int skip) =>
        new($"action repeated {skip} times, maximum of the last two screens", inner => new MaxOfLastTwo(inner, skip));

    /// <summary>Action repeat and maximum as Gymnasium's AtariPreprocessing does them.</summary>
    /// <param name="frameSkip">Repetitions, at least 1.</param>
    /// <returns>The step.</returns>
    public static ScreenStep GymnasiumSkip(int frameSkip) =>
        new(
            $"action repeated {frameSkip} times, maximum as in Gymnasium",
            inner => new GymnasiumSkip(inner, frameSkip));

    /// <summary>Buttons pressed at reset; left out for games without FIRE among their actions.</summary>
    /// <param name="presses">The actions, FIRE first.</param>
    /// <returns>The step.</returns>
    public static ScreenStep FireReset(params int[] presses) => new(
        $"actions {string.Join(", ", presses)} at reset",
        inner => inner.ActionSpace.Meanings.Contains("FIRE") ? new FireReset(inner, presses) : inner);
}
