using DqnAspire.Agents.Settings;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Sessions;
using Preset = DqnAspire.Agents.Presets.Preset;
using SettingChange = DqnAspire.Contracts.Learner.V1.SettingChange;

namespace DqnAspire.LearnerService;

/// <summary>Presets and runs as messages.</summary>
internal static class RunMessages
{
    /// <summary>A preset with its settings.</summary>
    public static Contracts.Learner.V1.Preset ToMessage(Preset preset)
    {
        var settings = preset.CreateSettings();
        return new Contracts.Learner.V1.Preset
        {
            Name = preset.Name,
            Description = preset.Description,
            EnvironmentId = settings.Environment.Id,
            Settings =
            {
                SettingsEditor.List(settings).Select(s => new Setting
                {
                    Name = s.Name,
                    Value = s.Value,
                    Description = s.Description,
                    Range = s.Range,
                    Changeable = ToMessage(s.Changeable),
                }),
            },
        };
    }

    /// <summary>Where a run stands.</summary>
    public static Progress ToMessage(RunSession run)
    {
        var progress = run.Progress;
        return new Progress
        {
            RunId = run.Id,
            Preset = run.Settings.Preset,
            Seed = run.Settings.Run.Seed,
            EnvironmentId = run.Settings.Environment.Id,
            RunDirectory = run.Folder,
            State = (RunState)progress.State,
            Numbers = { NumberMessages.ToMessages(progress.Numbers) },
            ParameterVersion = run.Parameters.Latest?.Version ?? 0,
            Error = run.Error,
            Summary = progress.Summary,
            Paused = run.Control.IsPaused,
            CheckpointSteps = run.CheckpointSteps,
            Notice = run.Notice,
            StopsWithService = run.StopsWithProcess,
            Evaluation = ToEvaluation(run),
        };
    }

    /// <summary>A run as its folder describes it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="file">What it says.</param>
    /// <param name="current">The run that the service works on, or worked on last.</param>
    public static RunSummary ToMessage(string folder, RunFile file, RunSession? current)
    {
        var isInProgress = current is not null && current.Id == file.RunId && !current.Ended.IsCompleted;
        var progress = isInProgress ? current!.Progress : file.ToProgress();
        return new RunSummary
        {
            RunId = file.RunId,
            RunDirectory = folder,
            Preset = file.Preset,
            Seed = file.Seed,
            State = (RunState)progress.State,
            InProgress = isInProgress,
            CanResume = !isInProgress && file.CanResume,
            Numbers = { NumberMessages.ToMessages(progress.Numbers) },
            Started = file.Started.ToUnixTimeMilliseconds() / 1000.0,
            Error = file.Error ?? "",
            Evaluation = ToMessage(
                file.RunId, file.Settings.GetValueOrDefault("Environment:Id", ""), RecordedEvaluation.TryRead(folder)),
        };
    }

    private static SettingChange ToMessage(Agents.Settings.SettingChange changeable) => changeable switch
    {
        Agents.Settings.SettingChange.OnResume => SettingChange.OnResume,
        Agents.Settings.SettingChange.WhileTraining => SettingChange.WhileTraining,
        _ => SettingChange.Never,
    };

    private static FinalEvaluation? ToEvaluation(RunSession run)
    {
        var summary = ToMessage(run.Id, run.Settings.Environment.Id, run.Evaluation);
        return run.EvaluationProgress is { } progress
            ? new FinalEvaluation
            {
                Episodes = progress.Episodes,
                Played = progress.Played,
                MeanReturn = progress.MeanReturn,
                Summary = summary,
            }
            : summary is null ? null : new FinalEvaluation
            {
                Episodes = summary.Episodes,
                Played = summary.Episodes,
                MeanReturn = summary.MeanReturn,
                Summary = summary,
            };
    }

    private static Summary? ToMessage(string runId, string environmentId, RecordedEvaluation? evaluation) =>
        evaluation is null
        ? null
        : new Summary
        {
            RunId = runId,
            EnvironmentId = environmentId,
            Protocol = evaluation.Protocol,
            Numbers = { NumberMessages.ToMessages(evaluation.Summary.Numbers) },
        };
}
