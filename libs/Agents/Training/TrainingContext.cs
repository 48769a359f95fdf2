using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Networks;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Training;

/// <summary>What a run works with besides its settings.</summary>
/// <param name="RunId">Names the run's experience table.</param>
/// <param name="Lanes">Opens environments.</param>
/// <param name="Replay">Makes the experience table.</param>
/// <param name="Observer">Gets the run's reports.</param>
public sealed record TrainingContext(string RunId, ILaneSource Lanes, IReplaySource Replay, ITrainingObserver Observer)
{
    /// <summary>How others pause, change or checkpoint the run while it trains.</summary>
    public TrainingControl Control { get; init; } = new();

    /// <summary>Where to resume from; null: the run is new.</summary>
    public Checkpoint? ResumeFrom { get; init; }

    /// <summary>
    /// Computes the networks. The results of the managed backend do not depend on its number of threads.
    /// </summary>
    public required INetworkBackend Backend { get; init; }
}
