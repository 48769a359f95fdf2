using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Monitoring.Following;
using Microsoft.Extensions.Logging;

namespace DqnAspire.AppHost.Training;

/// <summary>Keeps the <c>training</c> resource up to date with the run.</summary>
internal static partial class TrainingMonitor
{
    /// <summary>Follows the run until the system stops; called when the resource is initialised.</summary>
    public static async Task WatchAsync(
        TrainingResource training, InitializeResourceEvent started, CancellationToken cancellationToken)
    {
        var address = await training.Learner!.GetValueAsync(cancellationToken).ConfigureAwait(false);
        using var channel = ServiceChannels.Create(address!);
        var follower = new ProgressFollower(new LearnerService.LearnerServiceClient(channel), TimeProvider.System);
        ProgressUpdate? shown = null;
        await foreach (var update in follower.FollowAsync(cancellationToken).ConfigureAwait(false))
        {
            Log(started.Logger, shown, update);
            if (shown is null || update.Status is null || update.IsSilent || update.Status != shown.Status)
            {
                await started.Notifications
                    .PublishUpdateAsync(training, snapshot => Update(snapshot, update)).ConfigureAwait(false);
            }

            shown = update;
        }
    }

    private static CustomResourceSnapshot Update(CustomResourceSnapshot snapshot, ProgressUpdate update) =>
        snapshot with
        {
            State = TrainingState.Of(update),
            StartTimeStamp = snapshot.StartTimeStamp ?? (update.Status is null ? null : DateTime.UtcNow),
            Properties = update.Status is { } status
                ? TrainingState.WithRun(snapshot.Properties, status)
                : snapshot.Properties,
        };

    /// <summary>Writes what changed to the resource's own log.</summary>
    private static void Log(ILogger logger, ProgressUpdate? before, ProgressUpdate now)
    {
        if (now.Status is not { } status)
        {
            return;
        }

        var last = before?.Status;
        if (last?.RunId != status.RunId)
        {
            RunSeen(logger, status.RunId, status.Preset, status.EnvironmentId, status.Seed);
        }

        if (last?.Progress.State != status.Progress.State || last.IsPaused != status.IsPaused)
        {
            StateChanged(logger, TrainingState.Of(now).Text, status.Progress.Steps, status.Progress.Episodes);
        }

        if (status.CheckpointSteps > 0 && last?.CheckpointSteps != status.CheckpointSteps)
        {
            CheckpointWritten(logger, status.CheckpointSteps);
        }

        if (status.Notice.Length > 0 && last?.Notice != status.Notice)
        {
            Noticed(logger, status.Notice);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId}: {Preset} on {Environment}, seed {Seed}.")]
    private static partial void RunSeen(ILogger logger, string runId, string preset, string environment, ulong seed);

    [LoggerMessage(Level = LogLevel.Information, Message = "{State} after {Steps} steps, {Episodes} episodes.")]
    private static partial void StateChanged(ILogger logger, string state, long steps, long episodes);

    [LoggerMessage(Level = LogLevel.Information, Message = "Checkpoint at step {Steps}.")]
    private static partial void CheckpointWritten(ILogger logger, long steps);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Notice}")]
    private static partial void Noticed(ILogger logger, string notice);
}
