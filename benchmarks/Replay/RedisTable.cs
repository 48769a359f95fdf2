using System.Diagnostics;
using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay;
using DqnAspire.Replay.Redis;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage.Embedded;
using StackExchange.Redis;

namespace DqnAspire.Benchmarks.Replay;

/// <summary>A table in Redis, on one connection.</summary>
internal sealed class RedisTable : IDisposable
{
    private const int BlockRecords = 128;
    private const int EpisodeSteps = 500;
    private const int BatchSize = 32;

    // Batches on their way at once, as a learner's prefetch has them.
    private const int InFlight = 2;

    private static readonly TransitionSpec Window = new() { Stack = 4, Layout = BatchLayout.Window };

    private readonly IConnectionMultiplexer _redis;
    private readonly RedisTables _tables;
    private readonly ReplayTable _table;
    private readonly byte[] _frames;
    private readonly StepRecord[] _block = new StepRecord[BlockRecords];
    private int _episodeStep;
    private int _next;

    private RedisTable(IConnectionMultiplexer redis, RedisTables tables, ReplayTable table, byte[] frames)
    {
        _redis = redis;
        _tables = tables;
        _table = table;
        _frames = frames;
    }

    public RedisTraffic Traffic => _tables.Traffic;

    /// <summary>Makes a table.</summary>
    /// <param name="server">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="capacity">Its steps.</param>
    /// <param name="cacheBytes">Room for observations in this process.</param>
    /// <param name="frames">What is appended, again and again.</param>
    public static async Task<RedisTable> CreateAsync(RedisServer server, string name, int capacity, long cacheBytes, byte[] frames)
    {
        var redis = await ConnectionMultiplexer.ConnectAsync(RedisClientDefaults.Parse(server.Address)).ConfigureAwait(false);
        var tables = await RedisTables.ConnectAsync(redis, new RedisStoreOptions { CacheBytes = cacheBytes }).ConfigureAwait(false);
        var spec = new TableSpec(AtariTable.FrameBytes, capacity) { MaxStack = 4 };
        var store = tables.Create(name, new TableManifest(spec, "UInt8", [84, 84], RateLimits.None));
        return new RedisTable(redis, tables, new ReplayTable(spec, store), frames);
    }

    /// <summary>Steps a second, of a table that was full before.</summary>
    public async Task<double> AppendAsync(int steps, CancellationToken cancellationToken)
    {
        while (_table.Size < _table.Spec.Capacity)
        {
            await AppendBlockAsync(cancellationToken).ConfigureAwait(false);
        }

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

    /// <summary>Batches a second: drawn, fetched where they are not here, and assembled.</summary>
    public async Task<double> SampleAsync(int batches, CancellationToken cancellationToken)
    {
        var sampler = new UniformSampler(new Pcg64(2));
        var views = new TransitionView[InFlight];
        var buffers = new TransitionBuffer[InFlight];
        for (var i = 0; i < InFlight; i++)
        {
            views[i] = new TransitionView(_table, Window);
            buffers[i] = new TransitionBuffer(BatchSize, AtariTable.FrameBytes, Window);
        }

        var reads = new ValueTask[InFlight];
        var count = Math.Max(10, batches);
        return await Measurement.MedianAsync(
            async () =>
            {
                var started = Stopwatch.GetTimestamp();
                for (var i = 0; i < count + InFlight; i++)
                {
                    var place = i % InFlight;
                    if (i >= InFlight)
                    {
                        await reads[place].ConfigureAwait(false);
                    }

                    if (i < count)
                    {
                        sampler.Sample(views[place], buffers[place].Indices, buffers[place].Weights);
                        reads[place] = views[place].ReadAsync(buffers[place].Indices, buffers[place], cancellationToken);
                    }
                }

                return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _table.Dispose();
        _redis.Dispose();
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

        const int Bytes = BlockRecords * AtariTable.FrameBytes;
        _next = (_next + Bytes) % (_frames.Length - Bytes + 1) / AtariTable.FrameBytes * AtariTable.FrameBytes;
        return _table.AppendAsync(_block, _frames.AsMemory(_next, Bytes), cancellationToken);
    }
}
