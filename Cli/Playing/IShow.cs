using DqnAspire.Core.Lanes;
using DqnAspire.Play.Games;

namespace DqnAspire.Cli.Playing;

/// <summary>Something that is watched step by step: a game that a policy plays, or a recording.</summary>
internal interface IShow : IAsyncDisposable
{
    /// <summary>Who plays, for people.</summary>
    string Title { get; }

    /// <summary>What is played.</summary>
    EnvironmentDescription Environment { get; }

    /// <summary>What the screen shows; null where it has none, or nobody looks.</summary>
    Film? Film { get; }

    /// <summary>Seed of the episode.</summary>
    ulong Seed { get; }

    /// <summary>Whether the episode is over.</summary>
    bool IsOver { get; }

    /// <summary>Plays a step.</summary>
    Task<GameStep> StepAsync(CancellationToken cancellationToken);

    /// <summary>Begins the next episode; false: there is none.</summary>
    Task<bool> NextEpisodeAsync(CancellationToken cancellationToken);
}
