using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Training;
using DqnAspire.Contracts.Common.V1;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Runs.Evaluation;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Reports;
using RunState = DqnAspire.Agents.Training.RunState;
using Summary = DqnAspire.Contracts.Eval.V1.Summary;

namespace DqnAspire.Monitoring.Following;

/// <summary>Reads the messages of the services.</summary>
public static class Messages
{
    /// <summary>The status of a run that a learner reports.</summary>
    public static TrainingStatus ToStatus(Progress message) => new()
    {
        RunId = message.RunId,
        Preset = message.Preset,
        EnvironmentId = message.EnvironmentId,
        Seed = message.Seed,
        Folder = message.RunDirectory,
        Progress = new TrainingProgress
        {
            State = (RunState)message.State,
            Summary = message.Summary,
            Numbers = ToNumbers(message.Numbers, TrainingNumbers.Named),
        },
        IsPaused = message.Paused,
        CheckpointSteps = message.CheckpointSteps,
        Notice = message.Notice,
        Error = message.Error,
        StopsWithProcess = message.StopsWithService,
        EvaluationProgress = message.Evaluation is { } evaluation
            ? new EvaluationProgress(evaluation.Episodes, evaluation.Played, evaluation.MeanReturn)
            : null,
        Evaluation = message.Evaluation?.Summary is { } summary ? ToEvaluation(summary) : null,
    };

    /// <summary>The result of an evaluation.</summary>
    public static RecordedEvaluation ToEvaluation(Summary message) =>
        new(message.Protocol, new EvaluationSummary(ToNumbers(message.Numbers, EvaluationNumbers.Named)));

    /// <summary>A run as a comparison shows it.</summary>
    public static ComparedRun ToComparedRun(RunSummary message) => new(
        Path.GetFileName(message.RunDirectory),
        message.Preset,
        message.Seed,
        (RunState)message.State,
        ToNumbers(message.Numbers, TrainingNumbers.Named),
        message.Evaluation is { } evaluation ? ToEvaluation(evaluation) : null);

    /// <summary>Numbers that this program does not know keep the label and format of the message.</summary>
    private static NumberSet ToNumbers(IEnumerable<Number> messages, Func<string, TrainingNumber> named) =>
        messages.Aggregate(NumberSet.Empty, (numbers, message) => numbers.With(
            named(message.Name) is { Label: null } unknown && message.Label.Length > 0
                ? new TrainingNumber(unknown.Name, message.Unit, unknown.Description)
                {
                    Label = message.Label,
                    Format = message.Format,
                }
                : named(message.Name),
            message.Value));
}
