using DqnAspire.Core.Lanes;
using DqnAspire.Play.Games;

namespace DqnAspire.Cli.Playing;

/// <summary>A game that a policy plays.</summary>
/// <param name="game">The game.</param>
/// <param name="title">The policy.</param>
/// <param name="episodes">Number of episodes.</param>
internal sealed class PolicyShow(Game game, string title, int episodes) : IShow
{
    private int _episode = 1;

    /// <inheritdoc/>
    public string Title => title;

    /// <inheritdoc/>
    public EnvironmentDescription Environment => game.Environment;

    /// <inheritdoc/>
    public Film? Film => game.Film;

    /// <inheritdoc/>
    public ulong Seed => game.Seed;

    /// <inheritdoc/>
    public bool IsOver => game.IsOver;

    /// <inheritdoc/>
    public Task<GameStep> StepAsync(CancellationToken cancellationToken) =>
        game.StepAsync(action: null, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> NextEpisodeAsync(CancellationToken cancellationToken)
    {
        if (_episode == episodes)
        {
            return false;
        }

        _episode++;
        await game.NextEpisodeAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => game.DisposeAsync();
}
