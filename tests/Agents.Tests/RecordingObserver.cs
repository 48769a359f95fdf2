using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;

namespace DqnAspire.Agents.Tests;

/// <summary>Keeps what a trainer reports.</summary>
internal sealed class RecordingObserver : ITrainingObserver
{
    public List<LogRecord> Records { get; } = [];

    public List<Checkpoint> Checkpoints { get; } = [];

    public TrainingProgress Last { get; private set; } = new();

    public byte[] LastParameters { get; private set; } = [];

    public byte[] BestParameters { get; private set; } = [];

    public IPolicy? Policy { get; private set; }

    public Action<TrainingProgress> Progressed { get; init; } = _ => { };

    public Action<LogRecord> Recorded { get; init; } = _ => { };

    public void OnProgress(TrainingProgress progress)
    {
        Last = progress;
        Progressed(progress);
    }

    public void OnRecord(LogRecord record)
    {
        Records.Add(record);
        Recorded(record);
    }

    public void OnParameters(IPolicy policy, long steps, bool best)
    {
        using var file = new MemoryStream();
        policy.Save(file);
        LastParameters = file.ToArray();
        Policy = policy;
        if (best)
        {
            BestParameters = LastParameters;
        }
    }

    public void OnCheckpoint(Checkpoint checkpoint) => Checkpoints.Add(checkpoint);
}
