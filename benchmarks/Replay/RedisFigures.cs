using System.Diagnostics;
using System.Globalization;
using DqnAspire.Replay.Redis;
using DqnAspire.TestSupport;

namespace DqnAspire.Benchmarks.Replay;

/// <summary>
/// Tables in Redis: a real server with an append-only file, one connection. Frames are those of the bundled games, and
/// noise that cannot be compressed. What comes cold from Redis is compared with redis-benchmark's pipelined GET of
/// values of the same size.
/// </summary>
internal static class RedisFigures
{
    private const int Frames = 1024;
    private const int FramesPerBatch = 32 * 5;

    public static async Task<IReadOnlyList<BenchmarkResult>> MeasureAsync(
        bool withPeer, double scale, CancellationToken cancellationToken)
    {
        if (!RedisServerProcess.IsInstalled)
        {
            return [];
        }

        var server = await RedisServerProcess
            .StartAsync("--appendonly", "yes", "--appendfsync", "no", "--auto-aof-rewrite-percentage", "0")
            .ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            return await MeasureAsync(server, withPeer, scale, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<IReadOnlyList<BenchmarkResult>> MeasureAsync(
        RedisServerProcess server, bool withPeer, double scale, CancellationToken cancellationToken)
    {
        byte[] game = [.. GameFrames.Play("Bricks", Frames), .. GameFrames.Play("Volley", Frames)];
        var capacity = Math.Max(2_000, (int)(20_000 * scale));
        var batches = (int)(1_000 * scale);
        var results = new List<BenchmarkResult>();
        using (var hot = await RedisTable.CreateAsync(
            server.Address, "hot", capacity, 4L << 30, game).ConfigureAwait(false))
        {
            Add("redis-append", await hot.AppendAsync(capacity, cancellationToken).ConfigureAwait(false), "steps/s");
            Add(
                "redis-sample-b32",
                await hot.SampleAsync(batches, cancellationToken).ConfigureAwait(false),
                "batches/s");
            Add("redis-compression", (double)hot.Traffic.SentObservationBytes / hot.Traffic.SentBytes, "bytes/byte");
        }

        AddCodec(game, results, scale, cancellationToken);
        await AddColdAsync("", game).ConfigureAwait(false);
        await AddColdAsync("-noise", GameFrames.Noise(Frames)).ConfigureAwait(false);
        return results;

        async Task AddColdAsync(string kind, byte[] frames)
        {
            using var cold = await RedisTable.CreateAsync(
                server.Address, "cold" + kind, capacity, cacheBytes: 0, frames).ConfigureAwait(false);
            var append = await cold.AppendAsync(capacity, cancellationToken).ConfigureAwait(false);
            if (kind.Length > 0)
            {
                Add("redis-append" + kind, append, "steps/s");
            }

            var rate = await cold.SampleAsync(batches, cancellationToken).ConfigureAwait(false);
            Add("redis-cold-sample-b32" + kind, rate, "batches/s");
            var frameBytes = (double)cold.Traffic.SentBytes * AtariLoad.FrameBytes / cold.Traffic.SentObservationBytes;
            await AddBytesAsync(
                "redis-cold-moved" + kind,
                rate * FramesPerBatch * frameBytes,
                (int)Math.Round(frameBytes)).ConfigureAwait(false);
            if (kind.Length == 0)
            {
                await AddBytesAsync(
                    "redis-cold-delivered",
                    rate * FramesPerBatch * AtariLoad.FrameBytes,
                    AtariLoad.FrameBytes).ConfigureAwait(false);
            }
        }

        async Task AddBytesAsync(string name, double bytes, int valueBytes)
        {
            double? peer = withPeer
                ? await GetRateAsync(server.Port, valueBytes, scale, cancellationToken).ConfigureAwait(false) / 1e6
                : null;
            results.Add(new BenchmarkResult(
                name, bytes / 1e6, "MB/s", withPeer ? $"redis-benchmark GET -P 16 -d {valueBytes}" : null, peer));
        }

        void Add(string name, double value, string unit) => results.Add(new BenchmarkResult(name, value, unit));
    }

    /// <summary>Bytes a second of <c>redis-benchmark -t get -P 16</c> with values of a size.</summary>
    private static async Task<double> GetRateAsync(
        int port, int valueBytes, double scale, CancellationToken cancellationToken)
    {
        var requests = Math.Max(20_000, (int)(500_000 * scale));
        string[] arguments =
        [
            "-p", Text(port), "-t", "set,get", "-P", "16", "-d", Text(valueBytes), "-n", Text(requests),
            "-r", "1000", "--csv",
        ];
        var start = new ProcessStartInfo("redis-benchmark", arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        var get = output.Split('\n').FirstOrDefault(line => line.StartsWith("\"GET\"", StringComparison.Ordinal))
            ?? throw new BenchmarkException($"redis-benchmark said nothing of GET: {output}");
        return valueBytes * double.Parse(get.Split(',')[1].Trim('"'), CultureInfo.InvariantCulture);

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Measures the time to compress and to decompress a frame.</summary>
    private static void AddCodec(
        byte[] frames, List<BenchmarkResult> results, double scale, CancellationToken cancellationToken)
    {
        var codec = new FrameCodec(AtariLoad.FrameBytes);
        var count = frames.Length / AtariLoad.FrameBytes;
        var compressed = new byte[count][];
        var buffer = new byte[AtariLoad.FrameBytes];
        for (var i = 0; i < count; i++)
        {
            compressed[i] = buffer[..codec.Compress(Frame(i), buffer)];
        }

        var at = 0;
        var calls = Math.Max(100, (int)(50_000 * scale));
        results.Add(new BenchmarkResult("redis-compress", Measurement.FastestNanoseconds(
            calls, () => codec.Compress(Frame(at++ % count), buffer), cancellationToken) / 1e3, "us"));
        results.Add(new BenchmarkResult(
            "redis-decompress", Measurement.FastestNanoseconds(
                calls,
                () => FrameCodec.TryDecompress(compressed[at++ % count], buffer),
                cancellationToken) / 1e3, "us"));

        ReadOnlySpan<byte> Frame(int i) => frames.AsSpan(i * AtariLoad.FrameBytes, AtariLoad.FrameBytes);
    }
}
