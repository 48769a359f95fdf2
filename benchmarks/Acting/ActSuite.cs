using System.Diagnostics;
using DqnAspire.Agents.Policies;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Core;
using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks;
using Google.Protobuf;
using Grpc.Net.Client;

namespace DqnAspire.Benchmarks.Acting;

/// <summary>
/// Acting at an EvalService in a process of its own, by a policy with Nature's network: one caller, who waits for each
/// action, and a thousand at once.
/// </summary>
public sealed class ActSuite : ISuite
{
    private const int Calls = 2000;
    private const int Callers = 1000;
    private const int StateBytes = 4 * 84 * 84;
    private const int Actions = 4;

    /// <inheritdoc/>
    public string Name => "act";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(
        bool withPeer, double scale, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("dqn-act-");
        try
        {
            var file = Path.Combine(folder.FullName, "network.safetensors");
            await File.WriteAllBytesAsync(file, MakePolicy(), cancellationToken).ConfigureAwait(false);
            using var service = await ServiceProcess.StartAsync(
                typeof(EvalService.Application).Assembly.Location, cancellationToken, "--Eval:HasLearner=false")
                .ConfigureAwait(false);
            using var channel = GrpcChannel.ForAddress(service.Address);
            var eval = new Contracts.Eval.V1.EvalService.EvalServiceClient(channel);
            var request = new ActRequest
            {
                RunId = file,
                EnvironmentId = "BreakoutNoFrameskip-v4",
                Count = 1,
                Observations = ByteString.CopyFrom(new byte[StateBytes]),
            };

            var calls = Math.Max(50, (int)(Calls * scale));
            await CallAsync(calls).ConfigureAwait(false);
            var times = await CallAsync(calls).ConfigureAwait(false);
            Array.Sort(times);
            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ =>
                eval.ActAsync(request, cancellationToken: cancellationToken).ResponseAsync)).ConfigureAwait(false);
            var together = Stopwatch.GetElapsedTime(started);
            return
            [
                new BenchmarkResult("act-nature-b1", times[calls / 2], "us"),
                new BenchmarkResult("act-nature-b1-p99", times[calls * 99 / 100], "us"),
                new BenchmarkResult("act-nature-1000-callers", Callers / together.TotalSeconds, "actions/s"),
            ];

            async Task<double[]> CallAsync(int count)
            {
                var elapsed = new double[count];
                for (var i = 0; i < count; i++)
                {
                    var start = Stopwatch.GetTimestamp();
                    await eval.ActAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
                    elapsed[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                }

                return elapsed;
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] MakePolicy()
    {
        var definition = NetworkPresets.Nature(new HeadDefinition(Actions) { HiddenUnits = 512 });
        using var network = ManagedBackend.Shared.Create(definition, training: null, seed: 1);
        using var stream = new MemoryStream();
        new NetworkPolicy(network, new NetworkInput(AreBytes: true, Stack: 4, StackPadding.Zero)).Save(stream);
        return stream.ToArray();
    }
}
