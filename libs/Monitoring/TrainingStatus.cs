using DqnAspire.Agents.Training;
using DqnAspire.Runs.Evaluation;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Monitoring;

/// <summary>What displays show of a run, whether it is trained in this process or by a service.</summary>
public sealed record TrainingStatus
{
    /// <summary>Name of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>The preset.</summary>
    public required string Preset { get; init; }

    /// <summary>Id of the environment.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Absolute path of the run's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>State and numbers.</summary>
    public required TrainingProgress Progress { get; init; }

    /// <summary>Whether the run waits for Resume.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Steps of the newest checkpoint; 0: none yet.</summary>
    public long CheckpointSteps { get; init; }

    /// <summary>What is unusual now, one line; empty when all is well.</summary>
    public string Notice { get; init; } = "";

    /// <summary>Why the run failed, one line; empty when it did not.</summary>
    public string Error { get; init; } = "";

    /// <summary>
    /// Whether the run was stopped because its process ends; it is resumed when the process is started again.
    /// </summary>
    public bool StopsWithProcess { get; init; }

    /// <summary>Progress of the evaluation after training; null before it starts.</summary>
    public EvaluationProgress? EvaluationProgress { get; init; }

    /// <summary>The evaluation after training; null before its end.</summary>
    public RecordedEvaluation? Evaluation { get; init; }

    /// <summary>Whether the run has ended.</summary>
    public bool HasEnded =>
        Progress.State is RunState.Solved or RunState.Unsolved or RunState.Stopped or RunState.Failed;

    /// <summary>The status of a run in this process.</summary>
    public static TrainingStatus Of(RunSession session) => new()
    {
        RunId = session.Id,
        Preset = session.Settings.Preset,
        EnvironmentId = session.Settings.Environment.Id,
        Seed = session.Settings.Run.Seed,
        Folder = session.Folder,
        Progress = session.Progress,
        IsPaused = session.Control.IsPaused,
        CheckpointSteps = session.CheckpointSteps,
        Notice = session.Notice,
        Error = session.Error,
        StopsWithProcess = session.StopsWithProcess,
        EvaluationProgress = session.EvaluationProgress,
        Evaluation = session.Evaluation,
    };
}
