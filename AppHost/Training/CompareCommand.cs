using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Training;
using DqnAspire.Contracts.Common.V1;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Reports;

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
            var all = await learner.ListRunsAsync(new ListRunsRequest(), cancellationToken: context.CancellationToken).ConfigureAwait(false);
            ids = all.Runs.Take(DefaultRuns).Select(run => run.RunId);
        }

        var request = new CompareRunsRequest { RunIds = { ids } };
        var runs = (await learner.CompareRunsAsync(request, cancellationToken: context.CancellationToken).ConfigureAwait(false)).Runs;
        return CommandResults.Success(
            $"{runs.Count} runs.",
            new RunComparison([.. runs.Select(ToCompared)]).ToMarkdown(),
            CommandResultFormat.Markdown,
            displayImmediately: true);
    }

    private static ComparedRun ToCompared(RunSummary run) => new(
        Path.GetFileName(run.RunDirectory),
        run.Preset,
        run.Seed,
        (Agents.Training.RunState)run.State,
        ToNumbers(run.Numbers, TrainingNumbers.Named),
        run.Evaluation is { } evaluation
            ? new RecordedEvaluation(evaluation.Protocol, new EvaluationSummary(ToNumbers(evaluation.Numbers, EvaluationNumbers.Named)))
            : null);

    private static NumberSet ToNumbers(IEnumerable<Number> numbers, Func<string, TrainingNumber> named) =>
        numbers.Aggregate(NumberSet.Empty, (set, number) => set.With(named(number.Name), number.Value));
}
