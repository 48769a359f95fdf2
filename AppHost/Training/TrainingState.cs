using System.Collections.Immutable;
using System.Globalization;
using DqnAspire.Monitoring.Display;
using DqnAspire.Monitoring.Following;
using DqnAspire.Contracts.Learner.V1;

namespace DqnAspire.AppHost.Training;

/// <summary>A run as the dashboard shows it.</summary>
internal static class TrainingState
{
    /// <summary>The state of a run that waits for Resume.</summary>
    public const string Paused = "Paused";

    /// <summary>The states in which a run can be continued by Resume after it was stopped.</summary>
    public static readonly IReadOnlyCollection<string> Resumable = ["Stopped", "Failed"];

    private const string PropertyPrefix = "run.";

    /// <summary>The phase in words, with how much of it is done.</summary>
    public static ResourceStateSnapshot Of(ProgressUpdate update) => update switch
    {
        { Progress: null } => new("Starting", KnownResourceStateStyles.Info),
        { IsSilent: true } => new("Waiting for the learner", KnownResourceStateStyles.Warn),
        { Progress: { Paused: true, State: RunState.Training or RunState.WarmingUp } } => new(Paused, KnownResourceStateStyles.Warn),
        { Progress: { } progress } => progress.State switch
        {
            RunState.Starting => new("Starting", KnownResourceStateStyles.Info),
            RunState.WarmingUp => new("Filling the replay", KnownResourceStateStyles.Info),
            RunState.Training => new(Training(progress), KnownResourceStateStyles.Success),
            RunState.Solved => new("Solved", KnownResourceStateStyles.Success),
            RunState.Unsolved => new("Unsolved", KnownResourceStateStyles.Warn),
            RunState.Stopped => new("Stopped", KnownResourceStateStyles.Info),
            _ => new("Failed", KnownResourceStateStyles.Error),
        },
    };

    /// <summary>Puts the run's numbers in place of earlier ones.</summary>
    public static ImmutableArray<ResourcePropertySnapshot> WithRun(ImmutableArray<ResourcePropertySnapshot> properties, Progress progress) =>
        [.. properties.Where(p => !p.Name.StartsWith(PropertyPrefix, StringComparison.Ordinal)), .. Properties(progress)];

    /// <summary>
    /// The dashboard makes words of a state's letters and digits and drops the rest, but of a text with a hyphen it
    /// only drops the hyphen.
    /// </summary>
    private static string Training(Progress progress) => ProgressText.Fraction(progress) is { } part
        ? string.Create(CultureInfo.InvariantCulture, $"Training-{Math.Floor(100 * part)} %")
        : "Training";

    private static IEnumerable<ResourcePropertySnapshot> Properties(Progress progress)
    {
        var order = 0;
        yield return Property("preset", "Preset", progress.Preset);
        yield return Property("environment", "Environment", progress.EnvironmentId);
        yield return Property("id", "Run", progress.RunId);
        foreach (var (name, value) in ProgressText.Numbers(progress).Skip(1))
        {
            yield return Property(name.Replace(' ', '.'), char.ToUpperInvariant(name[0]) + name[1..], value);
        }

        yield return Property("checkpoint", "Checkpoint", progress.CheckpointSteps > 0
            ? string.Create(CultureInfo.InvariantCulture, $"step {progress.CheckpointSteps:N0}")
            : "none yet");
        yield return Property("folder", "Folder", progress.RunDirectory);
        if (progress.Notice.Length > 0)
        {
            yield return Property("notice", "Notice", progress.Notice);
        }

        if (progress.Error.Length > 0)
        {
            yield return Property("error", "Error", progress.Error);
        }

        ResourcePropertySnapshot Property(string name, string title, string value) =>
            new(PropertyPrefix + name, value) { DisplayName = title, IsHighlighted = true, SortOrder = order++ };
    }
}
