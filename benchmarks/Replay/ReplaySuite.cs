using DqnAspire.Replay.Sampling;

namespace DqnAspire.Benchmarks.Replay;

/// <summary>
/// The experience store on Atari-shaped data: 84x84 bytes a step, stacks of 4, batches of 32. Embedded figures are of
/// files in the folder for temporary files, on one thread of this process; Redis is measured where redis-server is
/// installed; wire figures come from ReplayService in another process.
/// </summary>
public sealed class ReplaySuite : ISuite
{
    /// <inheritdoc/>
    public string Name => "replay";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(
        bool withPeer, double scale, CancellationToken cancellationToken)
    {
        var results = new List<BenchmarkResult>();
        using (var table = await AtariTable.CreateAsync(
            (int)(100_000 * scale), residentBytes: 2L << 30).ConfigureAwait(false))
        {
            Add(
                "embedded-append",
                await table.AppendAsync((int)(100_000 * scale), cancellationToken).ConfigureAwait(false),
                "steps/s");
            Add(
                "embedded-sample-b32",
                await table.SampleAsync((int)(5_000 * scale), cancellationToken).ConfigureAwait(false),
                "batches/s");
            Add(
                "snapshot-longest-append",
                await table.MaxAppendDuringCopyAsync(cancellationToken).ConfigureAwait(false),
                "ms");
        }

        // Ten times the steps, a sixteenth of their bytes in memory.
        var residentBytes = Math.Max(1 << 20, (long)(0.5e9 * scale));
        using (var table = await AtariTable.CreateAsync((int)(1_000_000 * scale), residentBytes).ConfigureAwait(false))
        {
            await table.FillAsync(cancellationToken).ConfigureAwait(false);
            var before = AtariTable.ResidentFileBytes();
            Add(
                "embedded-1m-sample-b32",
                await table.SampleAsync((int)(5_000 * scale), cancellationToken).ConfigureAwait(false),
                "batches/s");
            Add("embedded-1m-resident", Math.Max(0, AtariTable.ResidentFileBytes() - before) / 1e6, "MB");
            Add("embedded-1m-reopen", await table.ReopenAsync(cancellationToken).ConfigureAwait(false), "s");
        }

        results.AddRange(await RedisFigures.MeasureAsync(withPeer, scale, cancellationToken).ConfigureAwait(false));
        Add(
            "wire-sample-b32",
            await WireSampling.BatchesAsync(scale, cancellationToken).ConfigureAwait(false),
            "batches/s");
        Add("prioritized-1m-b32", await PrioritizedAsync(scale, cancellationToken).ConfigureAwait(false), "us");
        return results;

        void Add(string name, double value, string unit) => results.Add(new BenchmarkResult(name, value, unit));
    }

    /// <summary>Draws 32 of a million by priority, and gives each a new one.</summary>
    private static async Task<double> PrioritizedAsync(double scale, CancellationToken cancellationToken)
    {
        const int Items = 1_000_000;
        const int Batch = 32;
        var random = new Core.Randomness.Pcg64(1);
        var tree = new SumTree(Items);
        for (var i = 0; i < Items; i++)
        {
            tree[i] = random.NextDouble();
        }

        var drawn = new int[Batch];
        var nanoseconds = await Measurement.MedianNanosecondsAsync(
            Math.Max(50, (int)(200_000 * scale)),
            () =>
            {
                var part = tree.Total / Batch;
                for (var i = 0; i < Batch; i++)
                {
                    drawn[i] = tree.Find((i + random.NextDouble()) * part);
                }

                foreach (var index in drawn)
                {
                    tree[index] = random.NextDouble();
                }
            },
            cancellationToken).ConfigureAwait(false);
        return nanoseconds / 1e3;
    }
}
