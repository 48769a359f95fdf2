using System.Runtime.InteropServices;
using DqnAspire.Clients;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Replay;
using DqnAspire.Replay;
using DqnAspire.Replay.Local;

namespace DqnAspire.Services.Tests;

/// <summary>A session that goes on from a mark, wherever its table is.</summary>
public sealed class ReplaySessionMarkTests(TestSystem system) : IClassFixture<TestSystem>
{
    private const int BatchSize = 8;
    private const int RewindSteps = 12_000;

    private static readonly EnvironmentInfo Environment =
        new("test", ObservationSpace.Box(ElementType.UInt8, [2], [0], [255]), Actions: 3, MaxEpisodeSteps: 0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InMemory_ASessionGoesOn_AsIfItHadNotEnded() => await GoesOn(new LocalReplaySource(), "memory");

    [Fact]
    public async Task InAFolder_ASessionGoesOn_AsIfItHadNotEnded() =>
        await GoesOn(new LocalReplaySource(system.RunsDirectory), "folder");

    [Fact]
    public async Task AtTheService_ASessionGoesOn_AsIfItHadNotEnded() =>
        await GoesOn(new GrpcReplaySource(system.Replay), "service");

    [Fact]
    public async Task WithoutAMark_ThereIsNothingToGoOnFrom()
    {
        await Assert.ThrowsAsync<ReplayMarkException>(() => Reopen(new LocalReplaySource(), "unknown", default));
        await Assert.ThrowsAsync<ServiceCallException>(
            () => Reopen(new GrpcReplaySource(system.Replay), "unknown", default));
    }

    /// <summary>
    /// More steps than the table's ring has slack for follow the mark; only the room for going back makes it possible.
    /// </summary>
    private static async Task GoesOn(IReplaySource source, string name)
    {
        ReadOnlyMemory<byte> early;
        ReadOnlyMemory<byte> late;
        List<byte[]> expected;
        await using (var session = await source.CreateAsync(Spec(name), Environment, Cancellation))
        {
            await session.BeginEpisodeAsync(0, new byte[2], Cancellation);
            early = await session.MarkAsync("early", Cancellation);
            await Go(session, from: 0, to: 100);
            late = await session.MarkAsync("late", Cancellation);
            expected = await Go(session, from: 100, to: 11_000);
        }

        await using (var session = await Reopen(source, name, late))
        {
            Assert.Equal(expected, await Go(session, from: 100, to: 11_000));
        }

        // Before the first batch, the sampler's state is that of its seed.
        Assert.NotEqual(early.ToArray(), late.ToArray());
        Assert.Equal(
            early.ToArray(),
            new DqnAspire.Core.Replay.SamplerState(new Core.Randomness.Pcg64(5).State, 0).ToBytes());
    }

    private static Task<IReplaySession> Reopen(IReplaySource source, string name, ReadOnlyMemory<byte> state) =>
        source.ReopenAsync(Spec(name), Environment, "late", state, Cancellation);

    private static ReplaySpec Spec(string name) =>
        new(name, Capacity: 50, BatchSize, Seed: 5) { RewindSteps = RewindSteps };

    /// <summary>One endless episode; a batch now and then.</summary>
    private static async Task<List<byte[]>> Go(IReplaySession session, int from, int to)
    {
        var batches = new List<byte[]>();
        for (var step = from; step < to; step++)
        {
            await session.AppendAsync(
                0, step % 3, step, StepFlags.None, new[] { (byte)step, (byte)(step >> 8) }, Cancellation);
            if (step >= 10 && step % 50 == 10)
            {
                await session.RequestAsync(1, importanceExponent: 0, Cancellation);
                var batch = await session.TakeAsync(Cancellation);
                batches.Add(
                [
                    .. batch.States.Span, .. MemoryMarshal.AsBytes(batch.Actions.Span), .. MemoryMarshal.AsBytes(
                        batch.Rewards.Span),
                    .. batch.NextStates.Span, .. MemoryMarshal.AsBytes(batch.Flags.Span),
                ]);
            }
        }

        return batches;
    }
}
