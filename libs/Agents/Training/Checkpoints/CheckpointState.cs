using DqnAspire.Core.Randomness;

namespace DqnAspire.Agents.Training.Checkpoints;

/// <summary>The readable part of a checkpoint.</summary>
public sealed record CheckpointState
{
    /// <summary>Environment id; a checkpoint of another one is refused.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>The network or table; a checkpoint of another one is refused.</summary>
    public required string Architecture { get; init; }

    /// <summary>Counters and running means.</summary>
    public required StatisticsState Statistics { get; init; }

    /// <summary>Random generators by name.</summary>
    public required IReadOnlyDictionary<string, Pcg64State> Generators { get; init; }

    /// <summary>Return so far of each lane's running episode.</summary>
    public IReadOnlyList<double> EpisodeReturns { get; init; } = [];

    /// <summary>Steps so far of each lane's running episode.</summary>
    public IReadOnlyList<int> EpisodeLengths { get; init; } = [];

    /// <summary>How often each action was taken since the last record.</summary>
    public IReadOnlyList<long> ActionCounts { get; init; } = [];

    /// <summary>Epsilon of the next action.</summary>
    public double Epsilon { get; init; }

    /// <summary>Name of the replay table's mark; empty where there is no replay.</summary>
    public string ReplayMark { get; init; } = "";

    /// <summary>
    /// Marks of the checkpoints before this one that are still there, oldest first: a resumed run forgets them in its
    /// turn.
    /// </summary>
    public IReadOnlyList<string> OlderReplayMarks { get; init; } = [];

    /// <summary>Step size that was set while the run trained; null: the settings'.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Agent steps from one update to the next, set while the run trained; null: the settings'.</summary>
    public int? UpdatePeriod { get; init; }

    /// <summary>Checks what the types do not say: a record that was read from a damaged file may hold nulls.</summary>
    /// <exception cref="InvalidDataException">A value cannot be; the message names it.</exception>
    public void Validate()
    {
        Require(EnvironmentId is not null && Architecture is not null, "environment or architecture");
        Require(Generators is not null && Generators.Values.All(g => (g.Increment & 1) == 1), "generators");
        Require(EpisodeReturns is not null && EpisodeLengths is not null, "running episodes");
        Require(EpisodeLengths!.All(length => length >= 0), "running episodes");
        Require(ActionCounts is not null && ActionCounts.All(count => count >= 0), "action counts");
        Require(ReplayMark is not null && OlderReplayMarks is not null, "marks");
        Require(OlderReplayMarks!.All(mark => !string.IsNullOrEmpty(mark)), "marks");
        Require(Epsilon is >= 0 and <= 1, "epsilon");
        Require(LearningRate is null or (> 0 and <= 1), "learning rate");
        Require(UpdatePeriod is null or > 0, "update period");
        Require(Statistics is not null, "statistics");
        Statistics!.Validate();

        static void Require(bool holds, string what)
        {
            if (!holds)
            {
                throw new InvalidDataException($"The checkpoint's {what} cannot be.");
            }
        }
    }

    /// <summary>Refuses a checkpoint of something else.</summary>
    /// <exception cref="InvalidDataException">Names what differs.</exception>
    public void Require(string environmentId, string architecture)
    {
        if (EnvironmentId != environmentId)
        {
            throw new InvalidDataException(
                $"The checkpoint is of environment {EnvironmentId}; the run plays {environmentId}.");
        }

        if (Architecture != architecture)
        {
            throw new InvalidDataException(
                $"The checkpoint is of a network '{Architecture}'; the run has '{architecture}'.");
        }
    }

    /// <summary>A generator's state.</summary>
    /// <exception cref="InvalidDataException">There is none of this name.</exception>
    public Pcg64State Generator(string name) => Generators.TryGetValue(name, out var state)
        ? state
        : throw new InvalidDataException($"The checkpoint has no state of the generator '{name}'.");
}
