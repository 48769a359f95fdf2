using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using Grpc.Net.Client;

namespace DqnAspire.Benchmarks.Wire;

/// <summary>gRPC itself: both ends on this machine, in two processes, one connection.</summary>
public sealed class WireSuite : ISuite
{
    private const int InFlight = 64;

    /// <inheritdoc/>
    public string Name => "wire";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(bool withPeer, double scale, CancellationToken cancellationToken)
    {
        using var server = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(WireSuite).Assembly.Location, WireServer.Argument },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var port = await server.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false)
                ?? throw new BenchmarkException("The wire server's process ended before it listened.");
            using var channel = GrpcChannel.ForAddress(
                string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
                new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler { UseProxy = false, InitialHttp2StreamWindowSize = 4 << 20 } });
            var client = new Wire.WireClient(channel);
            var unary = await Measurement
                .MedianAsync(() => UnaryAsync(client, (int)(40_000 * scale), cancellationToken), cancellationToken).ConfigureAwait(false);
            var stream = await Measurement
                .MedianAsync(() => StreamAsync(client, Math.Max(20, (int)(1_000 * scale)), cancellationToken), cancellationToken).ConfigureAwait(false);
            var pingPong = await PingPongAsync(client, (int)(20_000 * scale), cancellationToken).ConfigureAwait(false);
            var peer = withPeer
                ? await PythonPeer.UnaryAsync(Math.Max(500, (int)(10_000 * scale)), InFlight, cancellationToken).ConfigureAwait(false)
                : null;
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
            await server.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task<double> UnaryAsync(Wire.WireClient client, int calls, CancellationToken cancellationToken)
    {
        var request = new Payload { Data = ByteString.CopyFrom(new byte[100]) };
        var left = calls;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await client.EchoAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
            }
        })).ConfigureAwait(false);
        return calls / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> StreamAsync(Wire.WireClient client, int messages, CancellationToken cancellationToken)
    {
        var request = new Payload { Data = ByteString.CopyFrom(new byte[1 << 20]), Count = messages };
        var clock = Stopwatch.StartNew();
        using var call = client.Stream(request, cancellationToken: cancellationToken);
        long bytes = 0;
        while (await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            bytes += call.ResponseStream.Current.Data.Length;
        }

        return bytes / 1e6 / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> PingPongAsync(Wire.WireClient client, int trips, CancellationToken cancellationToken)
    {
        var message = new Payload { Data = ByteString.CopyFrom(new byte[7 << 10]) };
        using var call = client.PingPong(cancellationToken: cancellationToken);
        var times = new double[trips];
        // A tenth more to warm up.
        for (var i = -trips / 10; i < trips; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await call.RequestStream.WriteAsync(message, cancellationToken).ConfigureAwait(false);
            await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false);
            if (i >= 0)
            {
                times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            }
        }

        await call.RequestStream.CompleteAsync().ConfigureAwait(false);
        return Measurement.Median(times);
    }
}
