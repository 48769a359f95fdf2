using DqnAspire.Core.Randomness;
using DqnAspire.Core.Safetensors;

namespace DqnAspire.Agents.Training.Checkpoints;

/// <summary>A checkpoint in the making: every part of an algorithm adds its own state under its own names.</summary>
public sealed class CheckpointBuilder
{
    /// <summary>Networks, optimiser and tables of numbers, by name.</summary>
    public SafetensorsFile Tensors { get; } = new();

    /// <summary>Opaque parts by name: the states of lanes, stacked observations, a sampler.</summary>
    public IDictionary<string, byte[]> Parts { get; } = new Dictionary<string, byte[]>();

    /// <summary>Random generators by name.</summary>
    public IDictionary<string, Pcg64State> Generators { get; } = new Dictionary<string, Pcg64State>();

    /// <summary>Return so far of each lane's running episode.</summary>
    public IReadOnlyList<double> EpisodeReturns { get; set; } = [];

    /// <summary>Steps so far of each lane's running episode.</summary>
    public IReadOnlyList<int> EpisodeLengths { get; set; } = [];

    /// <summary>How often each action was taken since the last log record.</summary>
    public IReadOnlyList<long> ActionCounts { get; set; } = [];

    /// <summary>Name of the replay table's mark; empty where there is no replay.</summary>
    public string ReplayMark { get; set; } = "";

    /// <summary>Marks of earlier checkpoints that are still there, oldest first.</summary>
    public IReadOnlyList<string> OlderReplayMarks { get; set; } = [];

    /// <summary>Puts the parts together with what belongs to the loop.</summary>
    internal Checkpoint Build(IAlgorithm algorithm, TrainingStatistics statistics, TrainingControl control)
    {
        var state = new CheckpointState
        {
            EnvironmentId = algorithm.Environment.Id,
            Architecture = algorithm.Policy.Architecture,
            Statistics = statistics.Save(),
            Generators = Generators.ToDictionary(),
            EpisodeReturns = EpisodeReturns,
            EpisodeLengths = EpisodeLengths,
            ActionCounts = ActionCounts,
            ReplayMark = ReplayMark,
            OlderReplayMarks = OlderReplayMarks,
            Epsilon = statistics.Epsilon,
            LearningRate = control.LearningRate,
            UpdatePeriod = control.UpdatePeriod,
        };
        return new Checkpoint(state, Tensors, Parts.ToDictionary());
    }
}
