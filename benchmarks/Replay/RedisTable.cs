using System.Diagnostics;
using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay;
using DqnAspire.Replay.Redis;
using DqnAspire.Replay.Sampling;
using StackExchange.Redis;

namespace DqnAspire.Benchmarks.Replay;

/// <summary>A table in Redis, on one connection.</summary>
internal sealed class RedisTable : IDisposable
{
    // Batches on their way at once, as a learner's prefetch has them.
    private const int InFlight = 2;

    private static readonly TransitionSpec Window = new() { Stack = 4, Layout = BatchLayout.Window };

    private readonly IConnectionMultiplexer _redis;
    private readonly RedisReplayEngine _engine;
    private readonly ReplayTable _table;
    private readonly AtariLoad _load;

    private RedisTable(IConnectionMultiplexer redis, RedisReplayEngine engine, ReplayTable table, byte[] frames)
    {
        _redis = redis;
        _engine = engine;
        _table = table;
        _load = new AtariLoad(frames);
    }

    public RedisTraffic Traffic => _engine.Traffic;

    /// <summary>Makes a table.</summary>
    /// <param name="server">Address of the server.</param>
    /// <param name="name">Its name.</param>
    /// <param name="capacity">Its steps.</param>
    /// <param name="cacheBytes">Maximum of observations in this process.</param>
    /// <param name="frames">The frames that are appended, again and again.</param>
    public static async Task<RedisTable> CreateAsync(
        string server, string name, int capacity, long cacheBytes, byte[] frames)
    {
        var redis = await ConnectionMultiplexer.ConnectAsync(RedisClientDefaults.Parse(server)).ConfigureAwait(false);
        var engine = new RedisReplayEngine(redis, new RedisStoreOptions { CacheBytes = cacheBytes });
        await engine.CheckAsync(CancellationToken.None).ConfigureAwait(false);
        var manifest = new TableManifest(AtariLoad.Spec(capacity), ElementType.UInt8, [84, 84], RateLimits.None);
        var store = await engine.CreateAsync(name, manifest, CancellationToken.None).ConfigureAwait(false);
        return new RedisTable(redis, engine, await ReplayTable.OpenAsync(store).ConfigureAwait(false), frames);
    }

    /// <summary>Steps a second, of a table that was full before.</summary>
    public async Task<double> AppendAsync(int steps, CancellationToken cancellationToken)
    {
        while (_table.Size < _table.Spec.Capacity)
        {
            await _load.AppendBlockAsync(_table, cancellationToken).ConfigureAwait(false);
        }

        return await _load.AppendRateAsync(_table, steps, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Batches a second: drawn, fetched where they are not in this process, and assembled.</summary>
    public async Task<double> SampleAsync(int batches, CancellationToken cancellationToken)
    {
        var sampler = new UniformSampler(new Pcg64(2));
        var views = new TransitionView[InFlight];
        var buffers = new TransitionBuffer[InFlight];
        for (var i = 0; i < InFlight; i++)
        {
            views[i] = new TransitionView(_table, Window);
            buffers[i] = new TransitionBuffer(AtariLoad.BatchSize, AtariLoad.FrameBytes, Window);
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
                        reads[place] = views[place].ReadAsync(
                            buffers[place].Indices, buffers[place], cancellationToken);
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
}
