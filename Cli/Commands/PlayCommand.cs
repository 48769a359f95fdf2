using System.CommandLine;
using DqnAspire.Cli.Output;
using DqnAspire.Cli.Playing;
using DqnAspire.Monitoring;
using DqnAspire.Play.Games;
using DqnAspire.Play.Recordings;
using DqnAspire.Runs.Records;

namespace DqnAspire.Cli.Commands;

/// <summary><c>dqn play</c>: shows in the terminal what a policy plays, or what was recorded.</summary>
internal static class PlayCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var options = new PlayOptions(episodes: 1);
        var command = new UserCommand(
            "play",
            "Shows a trained policy playing, in the terminal at the game's own speed; and plays recordings again. "
            + "Keys: "
            + "space pauses, n goes to the next episode, + and - change the speed, q quits.",
            ("dqn play", "the best policy of the newest run"),
            ("dqn play cartpole@latest --episodes 5", "five episodes"),
            ("dqn play runs/pong-s1/recordings/step-40000-seed-1.gif.json", "a recording, exactly as it was"),
            ("dqn play pong > pong.txt", "without a terminal: the results alone, as fast as it goes"));
        options.AddTo(command);
        command.SetAction(async (result, _) =>
        {
            using var signals = new StopSignals();
            try
            {
                await PlayAsync(options, result, signals.Token).ConfigureAwait(false);
                return ExitCodes.Success;
            }
            catch (OperationCanceledException) when (signals.ExitCode is { } code)
            {
                return code;
            }
        });
        return command;
    }

    private static async Task PlayAsync(PlayOptions options, ParseResult result, CancellationToken cancellationToken)
    {
        var output = result.InvocationConfiguration.Output;
        var isShown = ProgressLine.IsTerminal(output);
        var show = await OpenAsync(options, result, isShown, cancellationToken).ConfigureAwait(false);
        await using (show.ConfigureAwait(false))
        {
            output.WriteLine($"{show.Title} plays {show.Environment.Environment.Id}.");
            var log = new EpisodeLog();
            try
            {
                if (isShown)
                {
                    await new TerminalPlayer(show, output).PlayAsync(Played, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await PlayUnseenAsync(show, Played, cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                log.Print(output, show.Environment.ActionNames);
            }

            void Played(GameStep step) => log.Add(show.Seed, step);
        }
    }

    private static async Task PlayUnseenAsync(IShow show, Action<GameStep> played, CancellationToken cancellationToken)
    {
        do
        {
            while (!show.IsOver)
            {
                cancellationToken.ThrowIfCancellationRequested();
                played(await show.StepAsync(cancellationToken).ConfigureAwait(false));
            }
        }
        while (await show.NextEpisodeAsync(cancellationToken).ConfigureAwait(false));
    }

    private static async Task<IShow> OpenAsync(
        PlayOptions options, ParseResult result, bool isShown, CancellationToken cancellationToken)
    {
        var what = result.GetValue(options.What) ?? "";
        if (what.EndsWith(RecordedFilm.Extension, StringComparison.OrdinalIgnoreCase))
        {
            var recorded = RecordedFilm.Read(what);
            var replay = await FilmReplay.OpenAsync(options.Lanes(result), recorded, cancellationToken)
                .ConfigureAwait(false);
            return new ReplayShow(replay, Path.GetFileName(what));
        }

        var request = await options.ReadAsync(result, cancellationToken).ConfigureAwait(false);
        var settings = request.Settings with { IsFilmed = isShown };
        var game = await Game.OpenAsync(request.Lanes, settings, request.Policy, cancellationToken)
            .ConfigureAwait(false);
        return new PolicyShow(game, request.PolicyText, request.Protocol.Episodes);
    }
}
