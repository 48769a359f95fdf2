using DqnAspire.Agents.Evaluation;
using DqnAspire.Core.Lanes;
using DqnAspire.Play.Games;
using DqnAspire.Play.Policies;
using DqnAspire.Runs.Records;

namespace DqnAspire.Play.Recordings;

/// <summary>Records episodes that a policy plays.</summary>
/// <param name="lanes">Opens environments.</param>
public sealed class Recorder(ILaneSource lanes)
{
    /// <summary>Whether an environment has a screen, so that it can be recorded.</summary>
    /// <param name="settings">The environment.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<bool> HasScreenAsync(GameSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var game = await Game.OpenAsync(lanes, settings with { IsFilmed = true }, policy: null, cancellationToken)
            .ConfigureAwait(false);
        await using (game.ConfigureAwait(false))
        {
            return game.Film is not null;
        }
    }

    /// <summary>
    /// Plays episodes without filming them and finds the one with the highest return, the first of equals.
    /// </summary>
    /// <param name="policy">Who plays.</param>
    /// <param name="settings">What is played; the seed is that of the first episode.</param>
    /// <param name="episodes">Number of episodes.</param>
    /// <param name="played">Told of each episode when it ends; null: nobody is.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <returns>The best episode; recorded with its seed, it is the same.</returns>
    public async Task<EpisodeResult> FindBestAsync(
        LoadedPolicy policy, GameSettings settings, int episodes, Action<EpisodeResult>? played,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(settings);
        var protocol = new EvaluationProtocol(episodes, settings.Epsilon, settings.Seed, settings.MaxSteps);
        using var lease = policy.Rent();
        var playing = Evaluator.PlayAsync(
            lease.Policy, lanes, settings.EnvironmentId, settings.Options, protocol, cancellationToken);
        EpisodeResult? best = null;
        await foreach (var episode in playing.ConfigureAwait(false))
        {
            played?.Invoke(episode);
            if (best is null || (episode.Return, -episode.Index).CompareTo((best.Return, -best.Index)) > 0)
            {
                best = episode;
            }
        }

        return best!;
    }

    /// <summary>Plays episodes and records them, one after the other.</summary>
    /// <param name="path">Name of the file, or for PNG of the folder, when it is whole.</param>
    /// <param name="policy">Who plays.</param>
    /// <param name="settings">What is played.</param>
    /// <param name="episodes">Number of episodes, at least 1.</param>
    /// <param name="options">How the recording looks.</param>
    /// <param name="stepped">Told of each step; null: nobody is.</param>
    /// <param name="cancellationToken">Ends it between two steps; nothing is left then.</param>
    /// <returns>What the JSON beside it holds.</returns>
    /// <exception cref="RecordingException">
    /// The environment has no screen, an option is out of its range, or the file cannot be written.
    /// </exception>
    /// <exception cref="PolicyException">The policy is for another environment.</exception>
    public async Task<RecordedFilm> RecordAsync(
        string path,
        LoadedPolicy policy,
        GameSettings settings,
        int episodes,
        RecordingOptions options,
        Action<GameStep>? stepped,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        var game = await Game.OpenAsync(lanes, settings with { IsFilmed = true }, policy, cancellationToken)
            .ConfigureAwait(false);
        await using (game.ConfigureAwait(false))
        {
            var film = game.Film ?? throw new RecordingException(
                $"{settings.EnvironmentId} has no screen, so there is nothing to record.");
            var subject = new RecordingSubject(settings, game.Environment.ActionNames, policy);
            using var recording = new Recording(path, subject, film.Format, options);
            for (var episode = 0; episode < episodes; episode++)
            {
                if (episode > 0)
                {
                    await game.NextEpisodeAsync(cancellationToken).ConfigureAwait(false);
                }

                recording.BeginEpisode(game.Seed, game.Film!);
                while (!game.IsOver)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var step = await game.StepAsync(action: null, cancellationToken).ConfigureAwait(false);
                    recording.Add(step);
                    stepped?.Invoke(step);
                }
            }

            return recording.Complete();
        }
    }
}
