using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Safetensors;

namespace DqnAspire.Agents.Dqn;

/// <summary>Takes everything that a run of deep Q-learning goes on from into a checkpoint, and back.</summary>
internal sealed class DqnMemory(
    ILanes lanes, ILanes? validation, DqnLearner learner, Actor actor, TrainingStatistics statistics, TrainingControl control)
{
    /// <summary>Name of the sampler's part.</summary>
    public const string Sampler = "sampler";

    private const string Lanes = "lanes";
    private const string Validation = "validation";
    private const string States = "states";
    private const string Exploration = "exploration";
    private const string Shuffling = "shuffling";
    private const string TargetNoise = "target_noise";

    /// <summary>Makes a checkpoint.</summary>
    /// <param name="mark">The replay table's mark.</param>
    /// <param name="olderMarks">Its marks from before.</param>
    /// <param name="sampler">State of its sampler.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Checkpoint> SaveAsync(string mark, IReadOnlyList<string> olderMarks, ReadOnlyMemory<byte> sampler, CancellationToken cancellationToken)
    {
        var parts = new Dictionary<string, byte[]>
        {
            [Lanes] = await lanes.SaveStateAsync(cancellationToken).ConfigureAwait(false),
            [States] = actor.States.ToArray(),
            [Sampler] = sampler.ToArray(),
        };
        if (validation is not null)
        {
            parts[Validation] = await validation.SaveStateAsync(cancellationToken).ConfigureAwait(false);
        }

        var tensors = new SafetensorsFile();
        learner.Save(tensors);
        var (shuffling, noise) = learner.Generators;
        var state = new CheckpointState
        {
            EnvironmentId = lanes.Environment.Id,
            Architecture = learner.Architecture,
            Statistics = statistics.Save(),
            Generators = new Dictionary<string, Pcg64State> { [Exploration] = actor.Generator, [Shuffling] = shuffling, [TargetNoise] = noise },
            EpisodeReturns = [.. actor.Episodes.Returns],
            EpisodeLengths = [.. actor.Episodes.Lengths],
            ActionCounts = actor.Counts.Snapshot(),
            ReplayMark = mark,
            OlderReplayMarks = olderMarks,
            Epsilon = statistics.Epsilon,
            LearningRate = control.LearningRate,
            UpdatePeriod = control.UpdatePeriod,
        };
        return new Checkpoint(state, tensors, parts);
    }

    /// <summary>Goes on from a checkpoint.</summary>
    /// <exception cref="InvalidDataException">It is of something else.</exception>
    public async Task RestoreAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var state = checkpoint.State;
        state.Require(lanes.Environment.Id, learner.Architecture);
        learner.Load(checkpoint.Tensors);
        learner.Generators = (state.Generator(Shuffling), state.Generator(TargetNoise));
        actor.Restore(checkpoint.Part(States));
        actor.Episodes.Restore(state.EpisodeReturns, state.EpisodeLengths);
        actor.Counts.Restore(state.ActionCounts);
        actor.Generator = state.Generator(Exploration);
        statistics.Restore(state.Statistics);
        statistics.Epsilon = state.Epsilon;
        control.LearningRate ??= state.LearningRate;
        control.UpdatePeriod ??= state.UpdatePeriod;
        await lanes.RestoreStateAsync(checkpoint.Part(Lanes), cancellationToken).ConfigureAwait(false);
        if (validation is not null)
        {
            await validation.RestoreStateAsync(checkpoint.Part(Validation), cancellationToken).ConfigureAwait(false);
        }
    }
}
