using System.Globalization;
using System.Text;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Core;
using DqnAspire.Monitoring.Following;
using Grpc.Core;

namespace DqnAspire.AppHost.Training;

/// <summary>Plays with the run's policy and answers with a table.</summary>
internal static class EvaluateCommand
{
    private const int DefaultEpisodes = 20;
    private const int ShownEpisodes = 20;

    /// <summary>How the command looks, and what it asks for.</summary>
    public static CommandOptions Options => new()
    {
        Description = "Plays whole games with the run's policy; the answer is a table.",
        IconName = "Trophy",
        Arguments =
        [
            new()
            {
                Name = "episodes",
                Label = "Episodes",
                InputType = InputType.Number,
                Value = $"{DefaultEpisodes}",
                Required = true,
            },
            new()
            {
                Name = "epsilon",
                Label = "Epsilon",
                InputType = InputType.Text,
                Value = "0",
                Description = "Probability of a random action, 0 to 1.",
            },
            new()
            {
                Name = "policy",
                Label = "Policy",
                InputType = InputType.Choice,
                Value = "latest",
                Options = [new("latest", "Latest"), new("best", "Best validation")],
            },
        ],
        Progress = new CommandProgressOptions { Title = "Evaluation", Message = "Playing ..." },
        UpdateState = TrainingState.AfterStart,
    };

    /// <summary>Runs the command.</summary>
    public static async Task<ExecuteCommandResult> RunAsync(TrainingResource training, ExecuteCommandContext context)
    {
        var epsilon = context.Arguments.GetString("epsilon") is { Length: > 0 } text ? text : "0";
        if (!NumberText.TryParse<double>(epsilon, out var probability))
        {
            return CommandResults.Failure(
                $"Epsilon: '{epsilon}' is not a number from 0 to 1{NumberText.Hint(epsilon)}.");
        }

        var count = context.Arguments.GetString("episodes") is { Length: > 0 } number ? number : $"{DefaultEpisodes}";
        if (!NumberText.TryParse<int>(count, out var games))
        {
            return CommandResults.Failure($"Episodes: '{count}' is not a whole number{NumberText.Hint(count)}.");
        }

        var request = new EvaluateRequest
        {
            Episodes = games,
            Epsilon = probability,
            Selection = context.Arguments.GetString("policy") == "best" ? PolicySelection.Best : PolicySelection.Latest,
        };
        try
        {
            using var channel = ServiceChannels.Create(training.Eval!.Url);
            using var call = new EvalService.EvalServiceClient(channel)
                .Evaluate(request, cancellationToken: context.CancellationToken);
            var episodes = new List<Episode>();
            Summary? summary = null;
            var answers = call.ResponseStream.ReadAllAsync(context.CancellationToken);
            await foreach (var answer in answers.ConfigureAwait(false))
            {
                summary = answer.Summary ?? summary;
                if (answer.Episode is { } episode)
                {
                    episodes.Add(episode);
                }
            }

            return summary is null
                ? CommandResults.Failure("EvalService ended the evaluation without a summary.")
                : CommandResults.Success(
                    Format($"Mean return {summary.MeanReturn:0.##} +- {summary.StandardError:0.##} ")
                        + $"over {summary.Episodes} episodes.",
                    ToMarkdown(summary, episodes),
                    CommandResultFormat.Markdown,
                    displayImmediately: true);
        }
        catch (RpcException e)
        {
            return CommandResults.Failure(TrainingCommands.Describe(e));
        }
    }

    /// <summary>The summary, and the first episodes one by one.</summary>
    private static string ToMarkdown(Summary summary, IReadOnlyList<Episode> episodes)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"**{summary.EnvironmentId}**, {summary.Protocol}\n\n");
        text.Append("| mean | std. error | median | interquartile mean | min | max | mean length |\n");
        text.Append("|--:|--:|--:|--:|--:|--:|--:|\n");
        text.Append(Format($"| {summary.MeanReturn:0.##} | {summary.StandardError:0.##} "));
        text.Append(Format($"| {summary.MedianReturn:0.##} | {summary.InterquartileMeanReturn:0.##} "));
        text.Append(Format($"| {summary.MinReturn:0.##} "));
        text.Append(Format($"| {summary.MaxReturn:0.##} | {summary.MeanLength:0.#} |\n\n"));
        text.Append("| episode | seed | return | length | end |\n|--:|--:|--:|--:|:--|\n");
        foreach (var episode in episodes.Take(ShownEpisodes))
        {
            var end = episode.Terminated ? "terminated" : "truncated";
            text.Append(Format($"| {episode.Index + 1} | {episode.Seed} | {episode.EpisodeReturn:0.##} "));
            text.Append(Format($"| {episode.Length} | {end} |\n"));
        }

        return text.ToString();
    }

    private static string Format(FormattableString text) => FormattableString.Invariant(text);
}
