using DqnAspire.Clients;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Replay;
using DqnAspire.Replay.Local;

namespace DqnAspire.Services.Tests;

/// <summary>
/// Stacked states are the same whether the table is in this process or at the service, from where k+1 observations
/// travel instead of 2k.
/// </summary>
public sealed class ReplaySessionStackTests(TestSystem system) : IClassFixture<TestSystem>
{
    private const int Stack = 3;
    private const int BatchSize = 16;

    private static readonly EnvironmentInfo Environment =
        new("test", ObservationSpace.Box(ElementType.UInt8, [2], [0], [255]), Actions: 3, MaxEpisodeSteps: 0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, StackPadding.Zero)]
    [InlineData(1, StackPadding.Repeat)]
    [InlineData(2, StackPadding.Zero)]
    public async Task Batches_AreTheSame_HereAndAtTheService(int steps, StackPadding padding)
    {
        var spec = new ReplaySpec($"stacks-{steps}-{padding}", Capacity: 40, BatchSize, Seed: 3)
        {
            Transitions = new TransitionSpec { Stack = Stack, Steps = steps, Padding = padding },
        };

        var here = await PlayAsync(new LocalReplaySource(), spec);
        var there = await PlayAsync(new GrpcReplaySource(system.Replay), spec);

        Assert.Equal(here, there);
        Assert.All(here, batch => Assert.Equal(BatchSize * Stack * 2 * 2, batch.Length));
    }

    /// <summary>Episodes of four steps; states and next states of the batches in between.</summary>
    private static async Task<List<byte[]>> PlayAsync(IReplaySource source, ReplaySpec spec)
    {
        await using var session = await source.CreateAsync(spec, Environment, Cancellation);
        var batches = new List<byte[]>();
        for (var step = 0; step < 100; step++)
        {
            if (step % 4 == 0)
            {
                await session.BeginEpisodeAsync(0, new byte[] { (byte)step, 1 }, Cancellation);
            }

            var flags = step % 4 != 3 ? StepFlags.None : step % 8 == 3 ? StepFlags.Terminated : StepFlags.Truncated;
            await session.AppendAsync(0, step % 3, step, flags, new byte[] { (byte)step, 2 }, Cancellation);
            if (step >= 20)
            {
                await session.RequestAsync(1, importanceExponent: 0, Cancellation);
                var batch = await session.TakeAsync(Cancellation);
                batches.Add([.. Rows(batch.States), .. Rows(batch.NextStates)]);
            }
        }

        return batches;
    }

    private static IEnumerable<byte> Rows(StateRows states) =>
        Enumerable.Range(0, states.Count).SelectMany(i => states[i].ToArray());
}
