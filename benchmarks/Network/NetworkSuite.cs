using System.Globalization;
using DqnAspire.NeuralNetworks;

namespace DqnAspire.Benchmarks.Network;

/// <summary>
/// The networks by themselves: updates and actions with 1 and 2 threads, in time and as a share of the processor's
/// peak.
/// </summary>
public sealed class NetworkSuite : ISuite
{
    private static readonly int[] ThreadCounts = [1, 2];

    /// <inheritdoc/>
    public string Name => "network";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(
        bool withPeer, double scale, CancellationToken cancellationToken)
    {
        var results = new List<BenchmarkResult>();
        foreach (var threads in ThreadCounts)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $"-t{threads}");
            var peak = MultiplyAddPeak.Measure(threads);
            results.Add(new BenchmarkResult($"multiply-add-peak{suffix}", peak, "GFLOP/s"));
            var peer = withPeer
                ? await PyTorchPeer.MeasureAsync(threads, scale, cancellationToken).ConfigureAwait(false)
                : null;
            using var backend = new ManagedBackend(threads);
            foreach (var figure in NetworkFigures.All)
            {
                var call = figure.Prepare(backend);
                var calls = Math.Max(20, (int)(figure.Calls * scale));
                var nanoseconds = await Measurement
                    .MedianNanosecondsAsync(calls, call, cancellationToken).ConfigureAwait(false);
                results.Add(new BenchmarkResult(
                    figure.Name + suffix, nanoseconds / 1000, "us", peer is null ? null : "PyTorch",
                    peer?[figure.Name]));
                var share = 100 * 2 * figure.MultiplyAdds / nanoseconds / peak;
                results.Add(new BenchmarkResult($"{figure.Name}{suffix}-of-peak", share, "%"));
            }
        }

        return results;
    }
}
