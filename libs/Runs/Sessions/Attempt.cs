using System.Globalization;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Runs.Checkpoints;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Parameters;

namespace DqnAspire.Runs.Sessions;

/// <summary>
/// One attempt at a run: hands its trainer's reports to the session's observers. The observers are called from the
/// moment at which the trainer has found its place, so that an attempt that finds no service changes nothing.
/// </summary>
/// <param name="status">The session.</param>
/// <param name="folder">Path of the run's folder.</param>
/// <param name="keeper">Writes checkpoints.</param>
/// <param name="requests">The callers that wait for one.</param>
internal sealed class Attempt(SessionStatus status, string folder, CheckpointKeeper keeper, CheckpointRequests requests)
    : ITrainingObserver
{
    private IPolicy? _policy;

    /// <summary>Where the attempt is resumed from; null: the run's start.</summary>
    public StoredCheckpoint? From { get; init; }

    /// <summary>Whether nothing of the run had been done before.</summary>
    public bool IsNew { get; init; }

    /// <summary>The service whose loss ended the attempt before; null: there was none.</summary>
    public string? LostPeer { get; init; }

    /// <summary>Whether the trainer has found its place.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>The newest parameters; null while there are none.</summary>
    public PublishedParameters? Published { get; private set; }

    /// <summary>A place in a run, in words.</summary>
    public static string Place(StoredCheckpoint? from) =>
        from is null
            ? "its start"
            : string.Create(CultureInfo.InvariantCulture, $"the checkpoint of step {from.Steps:N0}");

    /// <inheritdoc/>
    public void OnProgress(TrainingProgress progress)
    {
        var before = status.Progress;
        if (progress.State == RunState.Starting)
        {
            // What a trainer counts before it has found its place says nothing about the run.
            status.Progress = before with
            {
                MaxSteps = progress.MaxSteps,
                MaxEpisodes = progress.MaxEpisodes,
                GoalReturn = progress.GoalReturn,
            };
            return;
        }

        Begin();
        status.ForEach(observer => observer.OnProgress(before, progress));
        // The end is reported when the files are written.
        status.Progress = progress.State is RunState.Solved or RunState.Unsolved or RunState.Stopped
            ? progress with { State = before.State }
            : progress;
    }

    /// <inheritdoc/>
    public void OnRecord(LogRecord record)
    {
        Begin();
        status.ForEach(observer => observer.OnRecord(record));
    }

    /// <inheritdoc/>
    public void OnParameters(IPolicy policy, long steps, bool best)
    {
        Begin();
        using var span = SessionSpans.StartPublication(steps, best);
        _policy = policy;
        var parameters = PublishedParameters.Of(policy, steps);
        Published = parameters;
        status.ForEach(observer => observer.OnParameters(parameters, best));
    }

    /// <inheritdoc/>
    public void OnCheckpoint(Checkpoint checkpoint)
    {
        Begin();
        var steps = checkpoint.State.Statistics.Steps;
        using var span = SessionSpans.StartCheckpoint(steps);
        if (!keeper.TryKeep(checkpoint, ParametersAt(steps)))
        {
            return;
        }

        var progress = status.Progress.At(checkpoint.State);
        status.Progress = progress;
        status.ForEach(observer => observer.OnCheckpoint(progress));
        requests.Complete(steps);
    }

    /// <summary>
    /// The parameters of this step: those that were published at it, as no step is trained twice, or the policy's now.
    /// </summary>
    private PublishedParameters? ParametersAt(long steps) => Published is { } published && published.Steps == steps
        ? published
        : _policy is null ? null : PublishedParameters.Of(_policy, steps);

    private void Begin()
    {
        if (HasBegun)
        {
            return;
        }

        // A run that was stopped has its last step in its last checkpoint.
        var isWhole = !IsNew && RunDirectory.ReadFile(folder).State == RunState.Stopped && !status.IsInTrouble;
        var progress = status.Progress;
        status.ForEach(observer => observer.OnBegin(progress, From, IsNew));
        HasBegun = true;
        if (!IsNew)
        {
            var trouble = LostPeer is { } lost
                ? $"{lost} was lost and is back. " : status.IsInTrouble ? $"{status.NoticeText} "
                : "";
            var again = isWhole ? "" : " Later steps were lost and are done again.";
            status.Resolve($"{trouble}The run continues from {Place(From)}.{again}");
        }
    }
}
