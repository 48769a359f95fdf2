using System.Globalization;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Parameters;

namespace DqnAspire.Runs.Sessions;

/// <summary>Writes a run's checkpoints, and answers the callers that wait for one.</summary>
/// <param name="folder">Where they are kept.</param>
/// <param name="status">Gets a notice on each that could not be written.</param>
/// <param name="requests">The callers.</param>
internal sealed class CheckpointKeeper(RunWriter folder, SessionStatus status, CheckpointRequests requests)
{
    private int _failed;

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="checkpoint">What the run is resumed from.</param>
    /// <param name="parameters">What it has learnt so far, for playing; null while there is nothing.</param>
    /// <returns>Whether it is on disk. Without it, the run continues from the one before.</returns>
    /// <exception cref="IOException">
    /// The run's log cannot be written, or as many checkpoints in a row could not be written as are kept: then the
    /// replay still has the mark of the last good one, from which the run can be resumed when the disk has room again.
    /// </exception>
    public bool TryKeep(Checkpoint checkpoint, PublishedParameters? parameters)
    {
        var steps = checkpoint.State.Statistics.Steps;
        var logLength = folder.FlushToDisk();
        try
        {
            folder.SaveCheckpoint(checkpoint, parameters, logLength);
        }
        catch (Exception e) when (RunDirectory.IsRefusal(e))
        {
            var problem = string.Create(
                CultureInfo.InvariantCulture, $"The checkpoint of step {steps} could not be written: {e.Message}");
            status.Notify(problem);
            var failure = new IOException(problem, e);
            requests.Fail(failure);
            return ++_failed < RunSection.CheckpointsKept ? false : throw failure;
        }

        if (_failed > 0)
        {
            status.Resolve(string.Create(
                CultureInfo.InvariantCulture,
                $"The checkpoint of step {steps} is written; earlier ones could not be."));
        }

        _failed = 0;
        status.CheckpointSteps = steps;
        return true;
    }
}
