using DqnAspire.Core.Lanes;
using DqnAspire.Play.Games;
using DqnAspire.Play.Recordings;

namespace DqnAspire.Cli.Playing;

/// <summary>A recording that is played again.</summary>
/// <param name="replay">The recording.</param>
/// <param name="title">Its name.</param>
internal sealed class ReplayShow(FilmReplay replay, string title) : IShow
{
    /// <inheritdoc/>
    public string Title => title;

    /// <inheritdoc/>
    public EnvironmentDescription Environment => replay.Environment;

    /// <inheritdoc/>
    public Film? Film => replay.Film;

    /// <inheritdoc/>
    public ulong Seed => replay.Seed;

    /// <inheritdoc/>
    public bool IsOver => replay.IsOver;

    /// <inheritdoc/>
    public Task<GameStep> StepAsync(CancellationToken cancellationToken) => replay.StepAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<bool> NextEpisodeAsync(CancellationToken cancellationToken) =>
        replay.NextEpisodeAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => replay.DisposeAsync();
}
