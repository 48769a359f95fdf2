using DqnAspire.Core.Lanes;
using DqnAspire.Play.Games;
using DqnAspire.Runs.Records;

namespace DqnAspire.Play.Recordings;

/// <summary>
/// A recording that is played again in its environment, step by step: the same pictures, rewards and lives, without its
/// policy. Calls must not overlap.
/// </summary>
public sealed class FilmReplay : IAsyncDisposable
{
    private readonly Game _game;
    private readonly RecordedFilm _recorded;
    private int _episode;
    private int _step;
    private IReadOnlyList<int> _actions = [];
    private IReadOnlyList<double> _rewards = [];
    private IReadOnlyList<int> _lives = [];

    private FilmReplay(Game game, RecordedFilm recorded)
    {
        (_game, _recorded) = (game, recorded);
        Begin();
    }

    /// <summary>What is played.</summary>
    public EnvironmentDescription Environment => _game.Environment;

    /// <summary>What the screen shows now; null where it has none.</summary>
    public Film? Film => _game.Film;

    /// <summary>Seed of the episode's reset.</summary>
    public ulong Seed => _recorded.Episodes[_episode].Seed;

    /// <summary>Whether the episode has no further step.</summary>
    public bool IsOver => _step == _actions.Count;

    /// <summary>Opens the environment and begins the first episode.</summary>
    /// <param name="lanes">Opens environments.</param>
    /// <param name="recorded">What was recorded.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="RecordingException">What was recorded is damaged.</exception>
    /// <exception cref="Policies.PolicyException">There is no such environment.</exception>
    public static async Task<FilmReplay> OpenAsync(
        ILaneSource lanes, RecordedFilm recorded, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var settings = new GameSettings(recorded.Environment, recorded.Options, recorded.Seed)
        {
            MaxSteps = recorded.MaxSteps,
            IsFilmed = true,
        };
        var game = await Game.OpenAsync(lanes, settings, policy: null, cancellationToken).ConfigureAwait(false);
        try
        {
            return new FilmReplay(game, recorded);
        }
        catch
        {
            await game.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Plays the next step.</summary>
    /// <param name="cancellationToken">Gives up waiting; the replay cannot be used afterwards.</param>
    /// <exception cref="RecordingException">The game goes differently than it did.</exception>
    /// <exception cref="InvalidOperationException">The episode has no further step.</exception>
    public async Task<GameStep> StepAsync(CancellationToken cancellationToken)
    {
        if (IsOver)
        {
            throw new InvalidOperationException("The episode has no further step.");
        }

        var expected = (_rewards[_step], _lives[_step]);
        var step = await _game.StepAsync(_actions[_step], cancellationToken).ConfigureAwait(false);
        _step++;
        return (step.Reward, step.Lives) == expected && _game.IsOver == (IsOver && EndedItself)
            ? step
            : throw new RecordingException(
                $"Step {_step} of the episode of seed {Seed} goes differently than it did: the recording was made with "
                + $"another version of {_recorded.Environment} or of its cartridge "
                + $"(program version {_recorded.Version}).");
    }

    /// <summary>Begins the next episode.</summary>
    /// <param name="cancellationToken">Gives up waiting; the replay cannot be used afterwards.</param>
    /// <returns>False: there is none.</returns>
    public async Task<bool> NextEpisodeAsync(CancellationToken cancellationToken)
    {
        if (_episode + 1 == _recorded.Episodes.Count)
        {
            return false;
        }

        _episode++;
        await _game.NextEpisodeAsync(cancellationToken).ConfigureAwait(false);
        Begin();
        return true;
    }

    /// <summary>Closes the environment.</summary>
    public ValueTask DisposeAsync() => _game.DisposeAsync();

    private bool EndedItself => _recorded.Episodes[_episode].End != Core.StepFlags.None;

    private void Begin()
    {
        var episode = _recorded.Episodes[_episode];
        try
        {
            (_actions, _rewards, _lives) = (episode.ReadActions(), episode.ReadRewards(), episode.ReadLives());
        }
        catch (InvalidDataException e)
        {
            throw new RecordingException($"The recording {_recorded.Pictures} is damaged: {e.Message}", e);
        }

        var actions = Environment.Environment.Actions;
        if (episode.Seed != _game.Seed || _actions.Any(action => action < 0 || action >= actions))
        {
            throw new RecordingException(
                $"The recording {_recorded.Pictures} is damaged: its episode of seed {episode.Seed} is not one of "
                + $"{_recorded.Environment} with {actions} actions from seed {_recorded.Seed} on.");
        }

        _step = 0;
    }
}
