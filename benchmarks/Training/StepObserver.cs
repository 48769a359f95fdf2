using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;

namespace DqnAspire.Benchmarks.Training;

/// <summary>Counts steps; reports go nowhere else, as what is measured is training.</summary>
internal sealed class StepObserver : ITrainingObserver
{
    /// <summary>Training steps taken when the run last reported; it reports when it ends.</summary>
    public long Steps { get; private set; }

    public void OnProgress(TrainingProgress progress) => Steps = progress.Steps;

    public void OnRecord(LogRecord record)
    {
    }

    public void OnParameters(IPolicy policy, long steps, bool best)
    {
    }

    public void OnCheckpoint(Checkpoint checkpoint)
    {
    }
}
