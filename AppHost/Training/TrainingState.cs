using System.Collections.Immutable;
using System.Globalization;
using DqnAspire.Agents.Training;
using DqnAspire.Monitoring;
using DqnAspire.Monitoring.Display;
using DqnAspire.Monitoring.Following;

namespace DqnAspire.AppHost.Training;

/// <summary>A run as the dashboard shows it.</summary>
internal static class TrainingState
{
    private const string Starting = "Starting";
    private const string Paused = "Paused";
    private const string Training = "Training";
    private const string Evaluating = "Evaluating";
    private const string WarmingUp = "Filling the replay";
    private const string Stopped = "Stopped";
    private const string Failed = "Failed";
    private const string PropertyPrefix = "run.";

    /// <summary>The first state, before the learner answers.</summary>
    public static ResourceStateSnapshot Initial => new(Starting, KnownResourceStateStyles.Info);

    /// <summary>The phase in words, and how much of it is done.</summary>
    public static ResourceStateSnapshot Of(ProgressUpdate update) => update switch
    {
        { Status: null } => Initial,
        { IsSilent: true } => new("Waiting for the learner", KnownResourceStateStyles.Warn),
        { Status: { IsPaused: true, HasEnded: false, Progress.State: RunState.Training or RunState.WarmingUp } } =>
            new(Paused, KnownResourceStateStyles.Warn),
        { Status.Progress: { } progress } => progress.State switch
        {
            RunState.Starting => Initial,
            RunState.WarmingUp => new(WarmingUp, KnownResourceStateStyles.Info),
            RunState.Training => new(TrainingText(progress), KnownResourceStateStyles.Success),
            RunState.Evaluating => new(Evaluating, KnownResourceStateStyles.Info),
            RunState.Solved => new("Solved", KnownResourceStateStyles.Success),
            RunState.Unsolved => new("Unsolved", KnownResourceStateStyles.Warn),
            RunState.Stopped => new(Stopped, KnownResourceStateStyles.Info),
            _ => new(Failed, KnownResourceStateStyles.Error),
        },
    };

    /// <summary>Enables a command while the run trains or fills its replay.</summary>
    public static ResourceCommandState WhileTraining(UpdateCommandStateContext context) =>
        When(IsTraining(StateOf(context)));

    /// <summary>Enables a command while the run can be stopped.</summary>
    public static ResourceCommandState WhileStoppable(UpdateCommandStateContext context) =>
        When(IsTraining(StateOf(context)) || StateOf(context) is Starting or Evaluating or Paused);

    /// <summary>Enables a command while the run waits, and after it was stopped or has failed.</summary>
    public static ResourceCommandState WhileResumable(UpdateCommandStateContext context) =>
        When(StateOf(context) is Paused or Stopped or Failed);

    /// <summary>Enables a command from the learner's first answer on.</summary>
    public static ResourceCommandState AfterStart(UpdateCommandStateContext context) =>
        When(StateOf(context) != Starting);

    /// <summary>Replaces the run's properties.</summary>
    public static ImmutableArray<ResourcePropertySnapshot> WithRun(
        ImmutableArray<ResourcePropertySnapshot> properties, TrainingStatus status) =>
    [
        .. properties.Where(p => !p.Name.StartsWith(PropertyPrefix, StringComparison.Ordinal)),
        .. Properties(status).Select((property, order) =>
            new ResourcePropertySnapshot(PropertyPrefix + property.Name, property.Value)
            {
                DisplayName = property.Title,
                IsHighlighted = true,
                SortOrder = order,
            }),
    ];

    /// <summary>
    /// The dashboard makes words of a state's letters and digits and drops the rest, but of a text with a hyphen it
    /// drops only the hyphen.
    /// </summary>
    private static string TrainingText(TrainingProgress progress) => ProgressText.Fraction(progress) is { } part
        ? string.Create(CultureInfo.InvariantCulture, $"{Training}-{Math.Floor(100 * part)} %")
        : Training;

    private static IEnumerable<(string Name, string Title, string Value)> Properties(TrainingStatus status)
    {
        yield return ("preset", "Preset", status.Preset);
        yield return ("environment", "Environment", status.EnvironmentId);
        yield return ("id", "Run", status.RunId);
        foreach (var (name, value) in ProgressText.Numbers(status).Skip(1))
        {
            yield return (name.Replace(' ', '.'), char.ToUpperInvariant(name[0]) + name[1..], value);
        }

        var checkpoint = status.CheckpointSteps > 0
            ? string.Create(CultureInfo.InvariantCulture, $"step {status.CheckpointSteps:N0}")
            : "none yet";
        yield return ("checkpoint", "Checkpoint", checkpoint);
        yield return ("folder", "Folder", status.Folder);
        if (status.Notice.Length > 0)
        {
            yield return ("notice", "Notice", status.Notice);
        }

        if (status.Error.Length > 0)
        {
            yield return ("error", "Error", status.Error);
        }
    }

    private static string StateOf(UpdateCommandStateContext context) => context.ResourceSnapshot.State?.Text ?? "";

    private static bool IsTraining(string state) =>
        state == WarmingUp || state.StartsWith(Training, StringComparison.Ordinal);

    private static ResourceCommandState When(bool enabled) =>
        enabled ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
}
