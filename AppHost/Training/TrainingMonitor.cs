using DqnAspire.Monitoring.Following;
using DqnAspire.Contracts.Learner.V1;
using Microsoft.Extensions.Logging;

namespace DqnAspire.AppHost.Training;

/// <summary>Keeps the <c>training</c> resource at what the run does.</summary>
internal static partial class TrainingMonitor
{
    /// <summary>Follows the run until the system stops; called when the resource is initialised.</summary>
    public static async Task WatchAsync(TrainingResource training, InitializeResourceEvent started, CancellationToken cancellationToken)
    {
        var address = await training.Learner!.GetValueAsync(cancellationToken).ConfigureAwait(false);
        using var channel = ServiceChannels.Create(address!);
        ProgressUpdate? shown = null;
        await foreach (var update in new ProgressFollower(new LearnerService.LearnerServiceClient(channel), TimeProvider.System).FollowAsync(cancellationToken).ConfigureAwait(false))
        {
            Log(started.Logger, shown, update);
            if (shown is null || update.Progress is null || update.IsSilent || !update.Progress.Equals(shown.Progress))
            {
                await started.Notifications.PublishUpdateAsync(training, snapshot => snapshot with
                {
                    State = TrainingState.Of(update),
                    StartTimeStamp = snapshot.StartTimeStamp ?? (update.Progress is null ? null : DateTime.UtcNow),
                    Properties = update.Progress is { } progress ? TrainingState.WithRun(snapshot.Properties, progress) : snapshot.Properties,
                }).ConfigureAwait(false);
            }

            shown = update;
        }
    }

    /// <summary>The resource's own log: what changed, in words.</summary>
    private static void Log(ILogger logger, ProgressUpdate? before, ProgressUpdate now)
    {
        if (now.Progress is not { } progress)
        {
            return;
        }

        if (before?.Progress?.RunId != progress.RunId)
        {
            RunSeen(logger, progress.RunId, progress.Preset, progress.EnvironmentId, progress.Seed);
        }

        if (before?.Progress?.State != progress.State || before.Progress.Paused != progress.Paused)
        {
            StateChanged(logger, TrainingState.Of(now).Text, progress.Steps, progress.Episodes);
        }

        if (progress.CheckpointSteps > 0 && before?.Progress?.CheckpointSteps != progress.CheckpointSteps)
        {
            CheckpointWritten(logger, progress.CheckpointSteps);
        }

        if (progress.Notice.Length > 0 && before?.Progress?.Notice != progress.Notice)
        {
            Noticed(logger, progress.Notice);
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
