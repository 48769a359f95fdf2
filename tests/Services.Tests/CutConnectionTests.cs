using DqnAspire.Clients;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Replay;
using DqnAspire.TestSupport;
using Grpc.Core;
using Grpc.Net.Client;

namespace DqnAspire.Services.Tests;

/// <summary>
/// Connections are cut while a client reads and writes. Wherever that finds the client, it is the loss of a service and
/// nothing else: a run waits for the service then, and fails on anything else.
/// </summary>
public sealed class CutConnectionTests(InMemorySystem system) : IClassFixture<InMemorySystem>
{
    private const int Cuts = 25;

    private static readonly EnvironmentInfo Environment =
        new("test", ObservationSpace.Box(ElementType.UInt8, [2], [0], [255]), Actions: 3, MaxEpisodeSteps: 0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lanes_ThatAreCutOff_AreALostService()
    {
        await using var relay = new TcpRelay(system.EnvPort);
        for (var i = 0; i < Cuts; i++)
        {
            using var channel = GrpcChannel.ForAddress(relay.Address);
            var source = new GrpcLaneSource(new Contracts.Env.V1.EnvService.EnvServiceClient(channel));
            await using var lanes = await source.OpenAsync(
                "CartPole-v1", new Dictionary<string, string>(), 2, seed: 1, autoReset: true, Cancellation);

            await CutAsync(relay, i, async () => await lanes.StepAsync(new int[2], Cancellation), "EnvService");
        }
    }

    [Fact]
    public async Task AReplaySession_ThatIsCutOff_IsALostService()
    {
        await using var relay = new TcpRelay(system.ReplayPort);
        for (var i = 0; i < Cuts; i++)
        {
            using var channel = GrpcChannel.ForAddress(relay.Address);
            var source = new GrpcReplaySource(new Contracts.Replay.V1.ReplayService.ReplayServiceClient(channel));
            await using var session = await source.CreateAsync(
                new ReplaySpec($"cut-{i}", Capacity: 1000, BatchSize: 32, Seed: 5), Environment, Cancellation);
            var observation = new byte[Environment.ObservationSpace.ByteCount];
            await session.BeginEpisodeAsync(0, observation, Cancellation);
            for (var n = 0; n < 64; n++)
            {
                await session.AppendAsync(0, 0, 1, StepFlags.None, observation, Cancellation);
            }

            await CutAsync(
                relay,
                i,
                async () =>
                {
                    await session.AppendAsync(0, 0, 1, StepFlags.None, observation, Cancellation);
                    await session.RequestAsync(1, 0.4, Cancellation);
                    await session.TakeAsync(Cancellation);
                },
                "ReplayService");
        }
    }

    /// <summary>Works until the connection is cut from beside, each time at another moment.</summary>
    private static async Task CutAsync(TcpRelay relay, int moment, Func<Task> work, string service)
    {
        var steps = 0;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cutting = Task.Run(async () =>
        {
            await reached.Task;
            // From none to some hundred microseconds into a step.
            Thread.SpinWait(200 * moment);
            relay.Cut();
        });
        var lost = await Assert.ThrowsAsync<ServiceCallException>(async () =>
        {
            while (true)
            {
                await work();
                if (++steps == 5)
                {
                    reached.SetResult();
                }
            }
        });
        await cutting;
        Assert.True(lost.IsLoss);
        Assert.Equal(StatusCode.Unavailable, lost.StatusCode);
        Assert.Equal(service, lost.Peer);
    }
}
