using DqnAspire.Core.Randomness;

namespace DqnAspire.Agents.Training;

/// <summary>
/// The seeds of a run's generators, all from the run's one seed: words of <c>SeedSequence(seed).generate_state</c>
/// in this order, so that no two generators share a stream and adding one at the end changes none before it.
/// </summary>
public sealed class SeedStreams
{
    /// <summary>Leaves 53 bits, which every reader of JSON keeps, and room for the seeds that are counted up.</summary>
    private const int EvaluationShift = 11;

    /// <summary>Derives the seeds.</summary>
    public SeedStreams(ulong seed)
    {
        Span<ulong> words = stackalloc ulong[7];
        new SeedSequence(seed).GenerateState(words);
        Environment = words[0];
        ValidationEnvironment = words[1];
        Exploration = words[2];
        Initialisation = words[3];
        Sampling = words[4];
        Shuffling = words[5];
        Evaluation = words[6] >> EvaluationShift;
    }

    /// <summary>Seed of the training lanes.</summary>
    public ulong Environment { get; }

    /// <summary>Seed of the validation lanes.</summary>
    public ulong ValidationEnvironment { get; }

    /// <summary>Seed of epsilon-greedy and of random actions.</summary>
    public ulong Exploration { get; }

    /// <summary>Seed of the network's initial weights.</summary>
    public ulong Initialisation { get; }

    /// <summary>Seed of the replay's sampler.</summary>
    public ulong Sampling { get; }

    /// <summary>Seed of the order of mini-batches within a training call.</summary>
    public ulong Shuffling { get; }

    /// <summary>
    /// Reset seed of the first episode of the evaluation after training; the others follow it. Runs of adjacent seeds
    /// share none, so that their scores are independent.
    /// </summary>
    public ulong Evaluation { get; }
}
