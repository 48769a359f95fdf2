using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Training.Checkpoints;

namespace DqnAspire.Agents.Training;

/// <summary>What a run reports while it trains. Called on the thread of training; must be quick.</summary>
public interface ITrainingObserver
{
    /// <summary>Progress of the run: called at state changes, at episode ends and several times a second.</summary>
    void OnProgress(TrainingProgress progress);

    /// <summary>A logged line: an episode or iteration with its numbers.</summary>
    void OnRecord(LogRecord record);

    /// <summary>A new set of parameters.</summary>
    /// <param name="policy">The policy; valid during the call.</param>
    /// <param name="steps">Agent steps taken so far.</param>
    /// <param name="best">Whether it has the best validation score so far.</param>
    void OnParameters(IPolicy policy, long steps, bool best);

    /// <summary>A checkpoint, from which the run can be resumed. Returns when it is kept safely.</summary>
    void OnCheckpoint(Checkpoint checkpoint);
}
