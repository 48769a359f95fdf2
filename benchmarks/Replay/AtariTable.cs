using System.Diagnostics;
using System.Globalization;
using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay;
using DqnAspire.Replay.Engines.Files;
using DqnAspire.Replay.Sampling;

namespace DqnAspire.Benchmarks.Replay;

/// <summary>A table on disk of frames that do not repeat.</summary>
internal sealed class AtariTable : IDisposable
{
    private readonly string _directory;
    private readonly FileStoreOptions _options;
    private readonly AtariLoad _load = new(GameFrames.Noise(4 * AtariLoad.BlockRecords));
    private ReplayTable _table;

    private AtariTable(string directory, FileStoreOptions options, ReplayTable table) =>
        (_directory, _options, _table) = (directory, options, table);

    /// <summary>Makes an empty table.</summary>
    /// <param name="capacity">Its steps.</param>
    /// <param name="residentBytes">Bytes of observations that are read through a mapping.</param>
    public static async Task<AtariTable> CreateAsync(int capacity, long residentBytes)
    {
        var directory = Path.Combine(Path.GetTempPath(), $"dqn-benchmark-{Guid.NewGuid():N}");
        var options = new FileStoreOptions { ResidentBytes = residentBytes };
        var manifest = new TableManifest(AtariLoad.Spec(capacity), ElementType.UInt8, [84, 84], RateLimits.None);
        var table = await ReplayTable.OpenAsync(
            FileReplayStore.Create(directory, manifest, options)).ConfigureAwait(false);
        return new AtariTable(directory, options, table);
    }

    /// <summary>
    /// Resident pages of mapped files, as the operating system counts them; 0 where it does not count them.
    /// </summary>
    public static long ResidentFileBytes()
    {
        const string Field = "RssFile:";
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(Field, StringComparison.Ordinal));
        return 1024 * long.Parse(
            line[Field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }

    /// <summary>Appends until the ring is full and a quarter of it was overwritten.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        while (_table.Records < 5L * _table.Spec.Slots / 4)
        {
            await _load.AppendBlockAsync(_table, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Steps a second, over several rounds of a ring that is full.</summary>
    public async Task<double> AppendAsync(int steps, CancellationToken cancellationToken)
    {
        await FillAsync(cancellationToken).ConfigureAwait(false);
        return await _load.AppendRateAsync(_table, steps, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Batches a second: drawn, and assembled into one block of five frames a transition.</summary>
    public async Task<double> SampleAsync(int batches, CancellationToken cancellationToken)
    {
        var spec = new TransitionSpec { Stack = 4, Layout = BatchLayout.Window };
        var view = new TransitionView(_table, spec);
        var sampler = new UniformSampler(new Pcg64(2));
        var buffer = new TransitionBuffer(AtariLoad.BatchSize, AtariLoad.FrameBytes, spec);
        var nanoseconds = await Measurement.MedianNanosecondsAsync(
            Math.Max(5, batches),
            () =>
            {
                sampler.Sample(view, buffer.Indices, buffer.Weights);
                // Files answer before the call returns.
                _ = view.ReadAsync(buffer.Indices, buffer, cancellationToken);
            },
            cancellationToken).ConfigureAwait(false);
        return 1e9 / nanoseconds;
    }

    /// <summary>Milliseconds that the slowest block took while the table was copied.</summary>
    public async Task<double> MaxAppendDuringCopyAsync(CancellationToken cancellationToken)
    {
        var directory = _directory + ".copy";
        try
        {
            var started = Stopwatch.GetTimestamp();
            var copy = _table.Store.BeginCopy(directory)!;
            var max = Stopwatch.GetElapsedTime(started);
            var copying = copy.RunAsync(cancellationToken);
            while (!copying.IsCompleted)
            {
                started = Stopwatch.GetTimestamp();
                await _load.AppendBlockAsync(_table, cancellationToken).ConfigureAwait(false);
                var time = Stopwatch.GetElapsedTime(started);
                max = time > max ? time : max;
            }

            await copying.ConfigureAwait(false);
            return max.TotalMilliseconds;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Seconds until a table that was closed can be sampled again.</summary>
    public Task<double> ReopenAsync(CancellationToken cancellationToken) => Measurement.MedianAsync(
        async () =>
        {
            _table.Dispose();
            var started = Stopwatch.GetTimestamp();
            _table = await ReplayTable
                .OpenAsync(FileReplayStore.Open(_directory, _options), cancellationToken).ConfigureAwait(false);
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        },
        cancellationToken);

    public void Dispose()
    {
        _table.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
