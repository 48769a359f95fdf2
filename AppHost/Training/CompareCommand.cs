using DqnAspire.Contracts.Learner.V1;

namespace DqnAspire.AppHost.Training;

/// <summary>Sets runs side by side and answers with a Markdown report.</summary>
internal static class CompareCommand
{
    /// <summary>Runs that are compared when none are named: the newest.</summary>
    private const int DefaultRuns = 10;

    /// <summary>How the command shows and what it asks for.</summary>
    public static CommandOptions Options => new()
    {
        Description = "Sets runs side by side: returns, evaluations, steps and time.",
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
        UpdateState = context => context.ResourceSnapshot.State?.Text is "Starting" ? ResourceCommandState.Disabled : ResourceCommandState.Enabled,
    };

    /// <summary>Runs the command.</summary>
    public static async Task<ExecuteCommandResult> RunAsync(LearnerService.LearnerServiceClient learner, ExecuteCommandContext context)
    {
        IEnumerable<string> ids = (context.Arguments.GetString("runs") ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (!ids.Any())
        {
            var runs = await learner.ListRunsAsync(new ListRunsRequest(), cancellationToken: context.CancellationToken).ConfigureAwait(false);
            ids = runs.Runs.Take(DefaultRuns).Select(run => run.RunId);
        }

        var request = new CompareRunsRequest { RunIds = { ids } };
        var comparison = await learner.CompareRunsAsync(request, cancellationToken: context.CancellationToken).ConfigureAwait(false);
        return CommandResults.Success(
            $"{comparison.Runs.Rows.Count} runs.", comparison.Markdown, CommandResultFormat.Markdown, displayImmediately: true);
    }
}
