using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Reports;

namespace DqnAspire.LearnerService;

/// <summary>Runs as messages.</summary>
internal static class RunMessages
{
    /// <summary>Where a run stands.</summary>
    public static Progress ToMessage(Run run)
    {
        var progress = run.Progress;
        var message = new Progress
        {
            RunId = run.Id,
            Preset = run.Settings.Preset,
            Seed = run.Settings.Run.Seed,
            EnvironmentId = run.Settings.Environment.Id,
            RunDirectory = run.DirectoryPath,
            State = (Contracts.Learner.V1.RunState)progress.State,
            Steps = progress.Steps,
            MaxSteps = progress.MaxSteps,
            Episodes = progress.Episodes,
            MaxEpisodes = progress.MaxEpisodes,
            Updates = progress.Updates,
            Epsilon = progress.Epsilon,
            StepsPerSecond = progress.StepsPerSecond,
            UpdatesPerSecond = progress.UpdatesPerSecond,
            Seconds = progress.Elapsed.TotalSeconds,
            ParameterVersion = run.Parameters.Latest?.Version ?? 0,
            Error = run.Error,
            Summary = progress.Summary,
            FinalEvaluationEpisodes = run.Settings.Run.FinalEvaluationEpisodes,
            FinalEvaluationEpsilon = run.Settings.Run.FinalEvaluationEpsilon,
            FinalEvaluationMaxFrames = run.Settings.Run.FinalEvaluationMaxFrames,
            Paused = run.Control.IsPaused,
            CheckpointSteps = run.CheckpointSteps,
            Notice = run.Notice,
            StopsWithService = run.StopsWithService,
        };
        // An absent number stays absent: protobuf's optional fields have no null to assign.
        if (progress.LastReturn is { } lastReturn)
        {
            message.LastReturn = lastReturn;
        }

        if (progress.LastLength is { } lastLength)
        {
            message.LastLength = lastLength;
        }

        if (progress.MeanReturn100 is { } mean)
        {
            message.MeanReturn100 = mean;
        }

        if (progress.Loss is { } loss)
        {
            message.Loss = loss;
        }

        if (progress.ValidationReturn is { } validation)
        {
            message.ValidationReturn = validation;
        }

        if (progress.BestValidationReturn is { } best)
        {
            message.BestValidationReturn = best;
        }

        if (progress.GoalReturn is { } goal)
        {
            message.GoalReturn = goal;
        }

        return message;
    }

    /// <summary>A run as its folder tells of it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="file">What it says.</param>
    /// <param name="current">The run that the service works on, or worked on last.</param>
    /// <exception cref="InvalidDataException">The evaluation in the folder is none.</exception>
    public static RunSummary ToMessage(string folder, RunFile file, Run? current)
    {
        var goingOn = current is not null && current.Id == file.RunId && !current.Ended.IsCompleted;
        var progress = goingOn ? current!.Progress : file.ToProgress();
        var summary = new RunSummary
        {
            RunId = file.RunId,
            RunDirectory = folder,
            Preset = file.Preset,
            Seed = file.Seed,
            State = (RunState)progress.State,
            GoingOn = goingOn,
            CanResume = !goingOn && RunCatalog.CanResume(file),
            Steps = progress.Steps,
            Episodes = progress.Episodes,
            Seconds = progress.Elapsed.TotalSeconds,
            Started = file.Started.ToUnixTimeMilliseconds() / 1000.0,
            Error = file.Error ?? "",
        };
        if (progress.MeanReturn100 is { } mean)
        {
            summary.MeanReturn100 = mean;
        }

        if (progress.BestValidationReturn is { } best)
        {
            summary.BestValidationReturn = best;
        }

        if (RecordedEvaluation.Read(folder) is { } evaluation)
        {
            summary.EvaluationMean = evaluation.MeanReturn;
        }

        return summary;
    }

    /// <summary>Runs side by side.</summary>
    public static CompareRunsResponse ToMessage(RunComparison comparison) => new()
    {
        Runs = ToTable(RunComparison.Headings, comparison.Rows),
        Summary = ToTable(RunComparison.SummaryHeadings, comparison.Summaries),
        Protocols = { comparison.Protocols },
        Markdown = comparison.ToMarkdown(),
    };

    private static Table ToTable(IEnumerable<string> headings, IEnumerable<IReadOnlyList<string>> rows) => new()
    {
        Headings = { headings },
        Rows = { rows.Select(row => new Table.Types.Row { Cells = { row } }) },
    };
}
