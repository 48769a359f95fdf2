using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;

namespace DqnAspire.Agents.Tests;

/// <summary>Keeps what a trainer reports.</summary>
internal sealed class RecordingObserver : IRunObserver
{
    public List<RunRecord> Records { get; } = [];

    public List<Checkpoint> Checkpoints { get; } = [];

    public RunProgress Last { get; private set; } = new();

    public byte[] LastParameters { get; private set; } = [];

    public byte[] BestParameters { get; private set; } = [];

    public IPolicy? Policy { get; private set; }

    public Action<RunProgress> Progressed { get; init; } = _ => { };

    public Action<RunRecord> Recorded { get; init; } = _ => { };

    public void OnProgress(RunProgress progress)
    {
        Last = progress;
        Progressed(progress);
    }

    public void OnRecord(RunRecord record)
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
