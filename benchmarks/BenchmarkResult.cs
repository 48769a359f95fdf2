namespace DqnAspire.Benchmarks;

/// <summary>One figure.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit; "/s" figures are better when larger, times when smaller.</param>
/// <param name="Peer">What it is compared with.</param>
/// <param name="PeerValue">
/// The peer's figure: from the same run, or a recorded one where <paramref name="Peer"/> says so.
/// </param>
public sealed record BenchmarkResult(
    string Name, double Value, string Unit, string? Peer = null, double? PeerValue = null)
{
    /// <summary>How much faster ours is; above 1 ours is the faster one.</summary>
    public double? Ratio => PeerValue is not { } peer ? null
        : Unit.EndsWith("/s", StringComparison.Ordinal) ? Value / peer
        : peer / Value;
}
