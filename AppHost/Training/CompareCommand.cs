using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Monitoring.Following;
using DqnAspire.Runs.Reports;

namespace DqnAspire.AppHost.Training;

/// <summary>Compares runs and answers with a Markdown report.</summary>
internal static class CompareCommand
{
    /// <summary>How many of the newest runs are compared when none are named.</summary>
    private const int DefaultRuns = 10;

    /// <summary>How the command looks, and what it asks for.</summary>
    public static CommandOptions Options => new()
    {
        Description = "Compares runs: returns, evaluations, steps and time.",
        IconName = "TableCompare",
        Arguments =
        [
            new()
            {
                Name = "runs",
                Label = "Runs",
                InputType = InputType.Text,
                Placeholder = "the newest ten",
                Description = "Ids of runs in the runs folder, with spaces between them.",
            },
        ],
        UpdateState = TrainingState.AfterStart,
    };

    /// <summary>Runs the command.</summary>
    public static async Task<ExecuteCommandResult> RunAsync(
        LearnerService.LearnerServiceClient learner, ExecuteCommandContext context)
    {
        var cancellation = context.CancellationToken;
        IEnumerable<string> ids =
            (context.Arguments.GetString("runs") ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (!ids.Any())
        {
            var all = await learner.ListRunsAsync(new ListRunsRequest(), cancellationToken: cancellation)
                .ConfigureAwait(false);
            ids = all.Runs.Take(DefaultRuns).Select(run => run.RunId);
        }

        var request = new CompareRunsRequest { RunIds = { ids } };
        var response = await learner.CompareRunsAsync(request, cancellationToken: cancellation).ConfigureAwait(false);
        return CommandResults.Success(
            $"{response.Runs.Count} runs.",
            new RunComparison([.. response.Runs.Select(Messages.ToComparedRun)]).ToMarkdown(),
            CommandResultFormat.Markdown,
            displayImmediately: true);
    }
}
