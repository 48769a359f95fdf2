using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;

namespace DqnAspire.Services.Tests;

/// <summary>Keeps what a run in the test's own process ends with.</summary>
internal sealed class LastParameters : ITrainingObserver
{
    public byte[] File { get; private set; } = [];

    public long Steps { get; private set; }

    public List<LogRecord> Records { get; } = [];

    public void OnProgress(TrainingProgress progress) => Steps = progress.Steps;

    public void OnRecord(LogRecord record) => Records.Add(record);

    public void OnParameters(IPolicy policy, long steps, bool best)
    {
        using var file = new MemoryStream();
        policy.Save(file);
        File = file.ToArray();
    }

    public void OnCheckpoint(Checkpoint checkpoint)
    {
        // A run in one process is not gone on with.
    }
}
