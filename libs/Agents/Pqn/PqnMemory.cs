using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Safetensors;
using DqnAspire.NeuralNetworks;

namespace DqnAspire.Agents.Pqn;

/// <summary>Takes everything that a run of PQN goes on from into a checkpoint between two rollouts, and back.</summary>
internal sealed class PqnMemory(
    ILanes lanes, QNetwork network, Rollout rollout, RolloutTraining training, TrainingStatistics statistics, TrainingControl control)
{
    private const string Prefix = "online.";
    private const string Lanes = "lanes";
    private const string States = "states";
    private const string Exploration = "exploration";
    private const string Shuffling = "shuffling";

    /// <summary>Makes a checkpoint.</summary>
    public async Task<Checkpoint> SaveAsync(CancellationToken cancellationToken)
    {
        var parts = new Dictionary<string, byte[]>
        {
            [Lanes] = await lanes.SaveStateAsync(cancellationToken).ConfigureAwait(false),
            [States] = rollout.NextStates.ToArray(),
        };
        var tensors = new SafetensorsFile();
        network.Save(tensors, Prefix, withOptimizer: true);
        var state = new CheckpointState
        {
            EnvironmentId = lanes.Environment.Id,
            Architecture = network.Architecture,
            Statistics = statistics.Save(),
            Generators = new Dictionary<string, Pcg64State> { [Exploration] = rollout.Generator, [Shuffling] = training.Generator },
            EpisodeReturns = [.. rollout.Episodes.Returns],
            EpisodeLengths = [.. rollout.Episodes.Lengths],
            ActionCounts = rollout.Counts.Snapshot(),
            Epsilon = statistics.Epsilon,
            LearningRate = control.LearningRate,
        };
        return new Checkpoint(state, tensors, parts);
    }

    /// <summary>Goes on from a checkpoint.</summary>
    /// <exception cref="InvalidDataException">It is of something else.</exception>
    public async Task RestoreAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var state = checkpoint.State;
        state.Require(lanes.Environment.Id, network.Architecture);
        network.Load(checkpoint.Tensors, Prefix, withOptimizer: true);
        rollout.Restore(checkpoint.Part(States));
        rollout.Episodes.Restore(state.EpisodeReturns, state.EpisodeLengths);
        rollout.Counts.Restore(state.ActionCounts);
        rollout.Generator = state.Generator(Exploration);
        training.Generator = state.Generator(Shuffling);
        statistics.Restore(state.Statistics);
        statistics.Epsilon = state.Epsilon;
        control.LearningRate ??= state.LearningRate;
        await lanes.RestoreStateAsync(checkpoint.Part(Lanes), cancellationToken).ConfigureAwait(false);
    }
}
