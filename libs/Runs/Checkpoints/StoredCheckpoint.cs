using DqnAspire.Agents.Training.Checkpoints;

namespace DqnAspire.Runs.Checkpoints;

/// <summary>A checkpoint that was read from a run's folder.</summary>
/// <param name="Checkpoint">What the run is resumed from.</param>
/// <param name="LogLength">Bytes that the run's log had.</param>
public sealed record StoredCheckpoint(Checkpoint Checkpoint, long LogLength)
{
    /// <summary>Agent steps taken.</summary>
    public long Steps => Checkpoint.State.Statistics.Steps;
}
