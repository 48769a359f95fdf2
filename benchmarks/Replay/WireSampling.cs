using System.Diagnostics;
using DqnAspire.Clients;
using DqnAspire.Contracts.Common.V1;
using DqnAspire.Contracts.Replay.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace DqnAspire.Benchmarks.Replay;

/// <summary>Batches through gRPC with prefetch, while another stream appends 1,000 steps a second.</summary>
internal static class WireSampling
{
    private const int Capacity = 50_000;
    private const int BlockRecords = 50;
    private const int AppendsPerSecond = 1_000;
    private const int Prefetch = 4;

    public static async Task<double> BatchesAsync(double scale, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("dqn-benchmark-").FullName;
        try
        {
            using var service = await ServiceProcess.StartAsync(
                typeof(ReplayService.Application).Assembly.Location, cancellationToken, $"--Replay:DataDirectory={directory}").ConfigureAwait(false);
            using var channel = GrpcChannel.ForAddress(service.Address, new GrpcChannelOptions
            {
                HttpHandler = new SocketsHttpHandler { UseProxy = false, InitialHttp2StreamWindowSize = 8 << 20 },
                MaxReceiveMessageSize = 64 << 20,
            });
            var client = new Contracts.Replay.V1.ReplayService.ReplayServiceClient(channel);
            await client.CreateAsync(new CreateRequest { Spec = Spec() }, cancellationToken: cancellationToken).ConfigureAwait(false);
            using var append = client.Append(cancellationToken: cancellationToken);
            await AppendAsync(append, steps: (int)(Capacity * scale), pace: false, cancellationToken).ConfigureAwait(false);

            using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var appending = AppendAsync(append, int.MaxValue, pace: true, done.Token);
            var sampler = new OpenSampler { Table = "atari", BatchSize = 32, WithReplacement = true, Stack = 4, Layout = BatchLayout.Window };
            var batches = await BatchStream.OpenAsync(client, sampler, Prefetch, cancellationToken).ConfigureAwait(false);
            double rate;
            await using (batches.ConfigureAwait(false))
            {
                rate = await Measurement.MedianAsync(() => RateAsync(batches, Math.Max(5, (int)(1_000 * scale)), cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            await done.CancelAsync().ConfigureAwait(false);
            await appending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return rate;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static TableSpec Spec() => new()
    {
        Name = "atari",
        ElementType = ElementType.Uint8,
        ObservationShape = { 84, 84 },
        Capacity = Capacity,
        MaxStack = 4,
    };

    private static async Task<double> RateAsync(BatchStream batches, int count, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var batch = await batches.NextAsync(null, cancellationToken).ConfigureAwait(false);
            if (batch.Observations.Length != 32 * 5 * AtariTable.FrameBytes)
            {
                throw new BenchmarkException($"A batch had {batch.Observations.Length} bytes of observations.");
            }
        }

        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task AppendAsync(
        AsyncDuplexStreamingCall<AppendRequest, AppendResponse> append, int steps, bool pace, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds((double)BlockRecords / AppendsPerSecond));
        var frames = new byte[BlockRecords * AtariTable.FrameBytes];
        new Random(1).NextBytes(frames);
        for (var done = 0; done < steps; done += BlockRecords)
        {
            var block = new StepBlock
            {
                Lanes = { new int[BlockRecords] },
                Actions = { Enumerable.Range(0, BlockRecords).Select(i => i == 0 ? -1 : i % 4) },
                Rewards = { new float[BlockRecords] },
                Flags = ByteString.CopyFrom([.. Enumerable.Range(0, BlockRecords).Select(i => (byte)(i == 0 ? 4 : 0))]),
                Observations = UnsafeByteOperations.UnsafeWrap(frames),
            };
            await append.RequestStream.WriteAsync(new AppendRequest { Table = "atari", Steps = block }, cancellationToken).ConfigureAwait(false);
            if (!await append.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
            {
                throw new BenchmarkException("ReplayService ended the stream of appends.");
            }

            if (pace)
            {
                await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
