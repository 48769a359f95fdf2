using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using Grpc.Net.Client;

namespace DqnAspire.Benchmarks.Wire;

/// <summary>gRPC itself: both ends on this machine, in two processes, one connection.</summary>
public sealed class WireSuite : ISuite
{
    private const int InFlight = 64;
    private const int Rounds = 5;

    /// <inheritdoc/>
    public string Name => "wire";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(bool withPeer, double scale)
    {
        using var server = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(WireSuite).Assembly.Location, WireServer.Argument },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var port = await server.StandardOutput.ReadLineAsync().ConfigureAwait(false);
            using var channel = GrpcChannel.ForAddress(
                string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
                new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler { UseProxy = false, InitialHttp2StreamWindowSize = 4 << 20 } });
            var client = new Wire.WireClient(channel);
            var unary = await MedianAsync(() => UnaryAsync(client, (int)(40_000 * scale))).ConfigureAwait(false);
            var stream = await MedianAsync(() => StreamAsync(client, Math.Max(20, (int)(1_000 * scale)))).ConfigureAwait(false);
            var pingPong = await PingPongAsync(client, (int)(20_000 * scale)).ConfigureAwait(false);
            var peer = withPeer ? await PythonPeer.UnaryAsync(Math.Max(500, (int)(10_000 * scale)), InFlight).ConfigureAwait(false) : null;
            return
            [
                new BenchmarkResult("unary", unary, "calls/s", peer is null ? null : "python3-grpcio", peer),
                new BenchmarkResult("stream-1mib", stream, "MB/s"),
                new BenchmarkResult("pingpong-7kib", pingPong, "us"),
            ];
        }
        finally
        {
            server.StandardInput.Close();
            await server.WaitForExitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The first round warms up; of the others the median counts.</summary>
    private static async Task<double> MedianAsync(Func<Task<double>> round)
    {
        var figures = new List<double>();
        for (var i = 0; i <= Rounds; i++)
        {
            figures.Add(await round().ConfigureAwait(false));
        }

        return figures.Skip(1).Order().ElementAt(Rounds / 2);
    }

    private static async Task<double> UnaryAsync(Wire.WireClient client, int calls)
    {
        var request = new Payload { Data = ByteString.CopyFrom(new byte[100]) };
        var left = calls;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await client.EchoAsync(request).ConfigureAwait(false);
            }
        })).ConfigureAwait(false);
        return calls / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> StreamAsync(Wire.WireClient client, int messages)
    {
        var request = new Payload { Data = ByteString.CopyFrom(new byte[1 << 20]), Count = messages };
        var clock = Stopwatch.StartNew();
        using var call = client.Stream(request);
        long bytes = 0;
        while (await call.ResponseStream.MoveNext(CancellationToken.None).ConfigureAwait(false))
        {
            bytes += call.ResponseStream.Current.Data.Length;
        }

        return bytes / 1e6 / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> PingPongAsync(Wire.WireClient client, int trips)
    {
        var message = new Payload { Data = ByteString.CopyFrom(new byte[7 << 10]) };
        using var call = client.PingPong();
        var times = new double[trips];
        // A tenth more to warm up.
        for (var i = -trips / 10; i < trips; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await call.RequestStream.WriteAsync(message).ConfigureAwait(false);
            await call.ResponseStream.MoveNext(CancellationToken.None).ConfigureAwait(false);
            if (i >= 0)
            {
                times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            }
        }

        await call.RequestStream.CompleteAsync().ConfigureAwait(false);
        Array.Sort(times);
        return times[trips / 2];
    }
}
