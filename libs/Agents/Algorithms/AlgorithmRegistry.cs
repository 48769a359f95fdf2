using DqnAspire.Agents.Dqn;
using DqnAspire.Agents.Pqn;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Tabular;

namespace DqnAspire.Agents.Algorithms;

/// <summary>The algorithms that presets can name. Immutable: <see cref="With"/> makes a larger one.</summary>
public sealed class AlgorithmRegistry
{
    private AlgorithmRegistry(IReadOnlyList<AlgorithmDescription> all) => All = all;

    /// <summary>The algorithms of this library.</summary>
    public static AlgorithmRegistry BuiltIn { get; } =
        new([DeepQLearning.Description, ParallelQLearning.Description, TabularQLearning.Description]);

    /// <summary>All algorithms, in the order of registration.</summary>
    public IReadOnlyList<AlgorithmDescription> All { get; }

    /// <summary>These algorithms and others.</summary>
    /// <exception cref="ArgumentException">A name is taken already.</exception>
    public AlgorithmRegistry With(params IEnumerable<AlgorithmDescription> others)
    {
        var all = All.ToList();
        foreach (var algorithm in others)
        {
            if (Contains(algorithm.Name))
            {
                throw new ArgumentException($"There are two algorithms '{algorithm.Name}'.", nameof(others));
            }

            all.Add(algorithm);
        }

        return new AlgorithmRegistry(all);
    }

    /// <summary>Whether there is an algorithm of a name, not case-sensitive.</summary>
    public bool Contains(string name) => All.Any(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The algorithm with a name, not case-sensitive.</summary>
    /// <exception cref="SettingException">There is none; the message lists the known ones.</exception>
    public AlgorithmDescription Find(string name) =>
        All.FirstOrDefault(algorithm => algorithm.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new SettingException(
                $"There is no algorithm '{name}'. Algorithms: "
                + $"{string.Join(", ", All.Select(algorithm => algorithm.Name))}.");
}
