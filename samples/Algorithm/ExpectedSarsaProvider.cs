using DqnAspire.Agents.Algorithms;

namespace ExpectedSarsaAlgorithm;

/// <summary>The registration: one description for each algorithm of this assembly.</summary>
public sealed class ExpectedSarsaProvider : IAlgorithmProvider
{
    /// <inheritdoc/>
    public IEnumerable<AlgorithmDescription> Algorithms { get; } =
    [
        AlgorithmDescription.Of<ExpectedSarsaSettings>(
            "expected-sarsa", "Expected SARSA with a table (van Seijen et al. 2009).", ExpectedSarsa.OpenAsync),
    ];
}
