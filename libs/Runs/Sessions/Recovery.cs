using System.Globalization;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core;
using DqnAspire.Runs.Checkpoints;
using DqnAspire.Runs.Folders;

namespace DqnAspire.Runs.Sessions;

/// <summary>
/// Trains through the loss of services: each attempt is resumed from the newest checkpoint that
/// can be used.
/// </summary>
/// <param name="status">The session.</param>
/// <param name="folder">The run's folder.</param>
/// <param name="control">Says whether the run is to stop.</param>
/// <param name="requests">The callers that wait for a checkpoint.</param>
/// <param name="patience">How long a service may stay away.</param>
/// <param name="train">Trains, reports to an observer, and is resumed from a checkpoint where there is one.</param>
internal sealed class Recovery(
    SessionStatus status,
    RunWriter folder,
    TrainingControl control,
    CheckpointRequests requests,
    ServicePatience patience,
    Func<ITrainingObserver, Checkpoint?, CancellationToken, Task<RunState>> train)
{
    private readonly CheckpointKeeper _keeper = new(folder, status, requests);

    /// <summary>The attempt that is in progress, or the last one; null before the first.</summary>
    public Attempt? Current { get; private set; }

    /// <summary>Trains to the end.</summary>
    /// <param name="isNew">Whether nothing of the run has been done yet.</param>
    /// <param name="cancellationToken">Ends training without a last checkpoint.</param>
    /// <returns>How training ended.</returns>
    /// <exception cref="TimeoutException">A service stayed away.</exception>
    public async Task<RunState> TrainAsync(bool isNew, CancellationToken cancellationToken)
    {
        var attempt = Prepare(isNew ? null : folder.FindCheckpoint(status.Notify), isNew, lostPeer: null);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await train(attempt, attempt.From?.Checkpoint, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (attempt is { From: not null, HasBegun: false } && IsOfCheckpoint(e))
            {
                if (PassOver(attempt, e) is not { } next)
                {
                    throw;
                }

                attempt = next;
            }
            catch (PeerException e) when (e.IsLoss && !control.IsStopRequested)
            {
                if (patience.NextPause(status.Progress.Steps, attempt.HasBegun) is not { } pause)
                {
                    throw new TimeoutException($"{e.Message} {patience.Reason}", e);
                }

                if (attempt.HasBegun)
                {
                    attempt = Retry(e);
                }

                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether it is the checkpoint, or what belongs to it, that cannot be used.</summary>
    private static bool IsOfCheckpoint(Exception e) =>
        e is MissingMarkException or InvalidDataException or StateException;

    /// <summary>Prepares the next attempt without a checkpoint.</summary>
    /// <returns>Null when there is nothing that the run could be resumed from.</returns>
    private Attempt? PassOver(Attempt attempt, Exception reason)
    {
        var steps = attempt.From!.Steps;
        var older = folder.FindCheckpoint(status.Notify, before: steps);
        // A checkpoint that is damaged may be mended, and what the replay has, be found again; what is gone is gone.
        if (older is null && reason is not MissingMarkException { IsGone: true })
        {
            return null;
        }

        var instead = older is null ? ", and the run begins anew" : " for the one before it";
        status.Notify(string.Create(
            CultureInfo.InvariantCulture,
            $"The checkpoint of step {steps} was passed over{instead}: {OneLine.Of(reason)}"));
        return Prepare(older, attempt.IsNew, attempt.LostPeer);
    }

    private Attempt Retry(PeerException loss)
    {
        var from = folder.FindCheckpoint(status.Notify);
        status.Notify($"{loss.Message} The run continues from {Attempt.Place(from)} when the service is back.");
        return Prepare(from, isNew: false, loss.Peer);
    }

    private Attempt Prepare(StoredCheckpoint? from, bool isNew, string? lostPeer)
    {
        var start = new TrainingProgress { Summary = status.Progress.Summary };
        status.Progress = from is null ? start : start.At(from.Checkpoint.State);
        status.CheckpointSteps = from?.Steps ?? 0;
        Current = new Attempt(status, folder.Path, _keeper, requests)
        {
            From = from,
            IsNew = isNew,
            LostPeer = lostPeer,
        };
        return Current;
    }
}
