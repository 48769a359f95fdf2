using System.Diagnostics;
using System.Globalization;
using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage.Embedded;

namespace DqnAspire.Benchmarks.Replay;

/// <summary>A table on disk of frames that do not repeat.</summary>
internal sealed class AtariTable : IDisposable
{
    public const int FrameBytes = 84 * 84;

    private const int BlockRecords = 128;
    private const int EpisodeSteps = 500;
    private const int BatchSize = 32;

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"dqn-benchmark-{Guid.NewGuid():N}");
    private readonly EmbeddedStoreOptions _options;
    private readonly byte[] _frames = new byte[4 * BlockRecords * FrameBytes];
    private readonly StepRecord[] _block = new StepRecord[BlockRecords];
    private ReplayTable _table;
    private int _episodeStep;

    public AtariTable(int capacity, long residentBytes)
    {
        var spec = new TableSpec(FrameBytes, capacity) { MaxStack = 4 };
        _options = new EmbeddedStoreOptions { ResidentBytes = residentBytes };
        _table = new ReplayTable(spec, EmbeddedReplayStore.Create(
            _directory, new TableManifest(spec, "UInt8", [84, 84], RateLimits.None), _options));
        new Random(1).NextBytes(_frames);
    }

    /// <summary>Resident pages of mapped files, as the operating system counts them; 0 where it does not tell.</summary>
    public static long ResidentFileBytes()
    {
        const string Field = "RssFile:";
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(Field, StringComparison.Ordinal));
        return 1024 * long.Parse(line[Field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }

    /// <summary>Appends until the ring is full and a quarter of it was overwritten.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        while (_table.Records < 5L * _table.Spec.Slots / 4)
        {
            await AppendBlockAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Steps a second, over several rounds of a ring that is full.</summary>
    public async Task<double> AppendAsync(int steps, CancellationToken cancellationToken)
    {
        await FillAsync(cancellationToken).ConfigureAwait(false);
        return await Measurement.MedianAsync(
            async () =>
            {
                var started = Stopwatch.GetTimestamp();
                for (var done = 0; done < steps; done += BlockRecords)
                {
                    await AppendBlockAsync(cancellationToken).ConfigureAwait(false);
                }

                return Math.Max(steps, BlockRecords) / Stopwatch.GetElapsedTime(started).TotalSeconds;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Batches a second: drawn, and assembled into one block of five frames a transition.</summary>
    public async Task<double> SampleAsync(int batches, CancellationToken cancellationToken)
    {
        var spec = new TransitionSpec { Stack = 4, Layout = BatchLayout.Window };
        var view = new TransitionView(_table, spec);
        var sampler = new UniformSampler(new Pcg64(2));
        var buffer = new TransitionBuffer(BatchSize, FrameBytes, spec);
        var nanoseconds = await Measurement.MedianNanosecondsAsync(
            Math.Max(5, batches),
            () =>
            {
                sampler.Sample(view, buffer.Indices, buffer.Weights);
                view.Read(buffer.Indices, buffer);
            },
            cancellationToken).ConfigureAwait(false);
        return 1e9 / nanoseconds;
    }

    /// <summary>Milliseconds that the slowest block took while the table was copied.</summary>
    public async Task<double> LongestAppendDuringCopyAsync(CancellationToken cancellationToken)
    {
        var directory = _directory + ".copy";
        try
        {
            var started = Stopwatch.GetTimestamp();
            var copy = ((EmbeddedReplayStore)_table.Store).BeginCopy(directory);
            var longest = Stopwatch.GetElapsedTime(started);
            var copying = Task.Run(() => copy.Run(cancellationToken), cancellationToken);
            while (!copying.IsCompleted)
            {
                started = Stopwatch.GetTimestamp();
                await AppendBlockAsync(cancellationToken).ConfigureAwait(false);
                var time = Stopwatch.GetElapsedTime(started);
                longest = time > longest ? time : longest;
            }

            await copying.ConfigureAwait(false);
            return longest.TotalMilliseconds;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Seconds until a table that was closed can be sampled again.</summary>
    public Task<double> ReopenAsync(CancellationToken cancellationToken) => Measurement.MedianAsync(
        () =>
        {
            _table.Dispose();
            var started = Stopwatch.GetTimestamp();
            _table = new ReplayTable(_table.Spec, EmbeddedReplayStore.Open(_directory, _options));
            return Task.FromResult(Stopwatch.GetElapsedTime(started).TotalSeconds);
        },
        cancellationToken);

    public void Dispose()
    {
        _table.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private ValueTask AppendBlockAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < BlockRecords; i++)
        {
            _block[i] = _episodeStep == 0
                ? new StepRecord(0, -1, 0, StepFlags.First)
                : new StepRecord(0, _episodeStep % 4, 1, _episodeStep == EpisodeSteps ? StepFlags.Terminated : StepFlags.None);
            _episodeStep = _episodeStep == EpisodeSteps ? 0 : _episodeStep + 1;
        }

        var quarter = (int)(_table.Records / BlockRecords % 4);
        return _table.AppendAsync(_block, _frames.AsMemory(quarter * BlockRecords * FrameBytes, BlockRecords * FrameBytes), cancellationToken);
    }
}
