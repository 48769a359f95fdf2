using DqnAspire.Agents.Training;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.NeuralNetworks;
using DqnAspire.Replay.Local;

namespace DqnAspire.Agents.Tests;

/// <summary>Runs in the test's process.</summary>
internal static class LocalRun
{
    public static TrainingContext Context(string runId, ITrainingObserver observer) =>
        new(runId, new LocalLaneSource(BuiltInEnvironments.Registry), new LocalReplaySource(),
            observer)
        { Backend = ManagedBackend.Shared };
}
