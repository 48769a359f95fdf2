using System.CommandLine;
using System.Globalization;
using DqnAspire.Agents.Evaluation;
using DqnAspire.Cli.Output;
using DqnAspire.Cli.Playing;
using DqnAspire.Monitoring;

namespace DqnAspire.Cli.Commands;

/// <summary><c>dqn evaluate</c>: plays episodes with a policy and sums their returns up.</summary>
internal static class EvaluateCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var options = new PlayOptions(episodes: null);
        var json = JsonText.CreateOption();
        var command = new UserCommand(
            "evaluate",
            "Plays episodes with a trained policy and says how well: mean, median, spread, and the protocol in words.",
            ("dqn evaluate", "the best policy of the newest run"),
            ("dqn evaluate cartpole@latest --episodes 100", "a run by a part of its id, its newest policy"),
            ("dqn evaluate runs/pong-s1@400000 --epsilon 0.05", "the checkpoint after 400,000 steps"),
            ("dqn evaluate best/network.safetensors --env CartPole-v1", "a file"));
        options.AddTo(command);
        command.Options.Add(json);
        command.SetAction(async (result, _) =>
        {
            using var signals = new StopSignals();
            try
            {
                var request = await options.ReadAsync(result, signals.Token).ConfigureAwait(false);
                var output = result.InvocationConfiguration.Output;
                var episodes = await PlayAsync(request, output, signals.Token).ConfigureAwait(false);
                Print(request, episodes, output, result.GetValue(json));
                return ExitCodes.Success;
            }
            catch (OperationCanceledException) when (signals.ExitCode is { } code)
            {
                return code;
            }
        });
        return command;
    }

    private static async Task<List<EpisodeResult>> PlayAsync(
        PlayRequest request, TextWriter output, CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine(output);
        using var lease = request.Policy.Rent();
        var episodes = new List<EpisodeResult>();
        var (setup, protocol) = (request.Setup, request.Protocol);
        progress.Show($"Playing {protocol.Episodes} episodes of {setup.EnvironmentId} ...");
        var playing = Evaluator.PlayAsync(
            lease.Policy, request.Lanes, setup.EnvironmentId, setup.Options, protocol, cancellationToken);
        await foreach (var episode in playing.ConfigureAwait(false))
        {
            episodes.Add(episode);
            progress.Show(FormattableString.Invariant(
                $"{episodes.Count} of {protocol.Episodes} episodes, mean {episodes.Average(e => e.Return):0.##}"));
        }

        return [.. episodes.OrderBy(episode => episode.Index)];
    }

    private static void Print(PlayRequest request, List<EpisodeResult> episodes, TextWriter output, bool asJson)
    {
        var (setup, info) = (request.Setup, request.Policy.Info);
        var numbers = EvaluationSummary.Of(episodes, setup.EnvironmentId).Numbers;
        if (asJson)
        {
            JsonText.Print(output, new
            {
                Policy = new { info.RunId, info.Label, info.Steps, info.Path, request.Policy.Sha256 },
                Environment = setup.EnvironmentId,
                setup.Options,
                setup.Protocol,
                Numbers = numbers.ToDictionary(pair => pair.Key.Name, pair => pair.Value),
                Episodes = episodes.Select(e => new { e.Seed, e.Return, e.Length, e.End }),
            });
            return;
        }

        output.WriteLine($"Policy: {request.PolicyText}");
        output.WriteLine($"Environment: {setup.EnvironmentId}");
        output.WriteLine($"Protocol: {setup.Protocol}.");
        TableText.Print(output, ["statistic", "value"], numbers.Select(pair => (string[])
        [
            pair.Key.Label ?? pair.Key.Name, pair.Value.ToString(pair.Key.Format, CultureInfo.InvariantCulture),
        ]));
    }
}
