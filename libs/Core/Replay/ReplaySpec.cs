namespace DqnAspire.Core.Replay;

/// <summary>An experience table with one writer and one sampler.</summary>
/// <param name="Name">Table name, unique among tables.</param>
/// <param name="Capacity">Transitions kept.</param>
/// <param name="BatchSize">Transitions in a batch.</param>
/// <param name="Seed">Seed of the sampler.</param>
public sealed record ReplaySpec(string Name, int Capacity, int BatchSize, ulong Seed)
{
    /// <summary>How a batch is chosen.</summary>
    public SamplingKind Sampling { get; init; }

    /// <summary>Exponent of priorities; only for <see cref="SamplingKind.Prioritized"/>.</summary>
    public double PriorityExponent { get; init; }

    /// <summary>How transitions are assembled.</summary>
    public TransitionSpec Transitions { get; init; } = new();

    /// <summary>
    /// Steps beyond the capacity that the table keeps, so that it can go back to where it was that many steps ago.
    /// </summary>
    public int RewindSteps { get; init; }
}
