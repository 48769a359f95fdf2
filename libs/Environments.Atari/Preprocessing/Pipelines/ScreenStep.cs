using DqnAspire.Environments.Atari.Preprocessing.Screens;

namespace DqnAspire.Environments.Atari.Preprocessing.Pipelines;

/// <summary>A wrapper to put around an environment of screens.</summary>
/// <param name="Name">What it does, for people.</param>
/// <param name="Wrap">Puts it around an environment.</param>
public sealed record ScreenStep(string Name, Func<IScreenEnvironment, IScreenEnvironment> Wrap)
{
    /// <summary>
    /// Left out when the pipeline is made for evaluation, where whole games and their own scores count.
    /// </summary>
    public bool IsForTrainingOnly { get; init; }
}
