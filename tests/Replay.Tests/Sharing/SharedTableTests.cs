using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay.Engines.Memory;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Sharing;
using DqnAspire.Replay.Storage;
using static DqnAspire.Replay.Tests.Histories;

namespace DqnAspire.Replay.Tests.Sharing;

/// <summary>
/// What the users of one table see while its store is slow or fails; the tests of the service do the rest over gRPC.
/// </summary>
public sealed class SharedTableTests
{
    private static readonly TableManifest Manifest = Blocking.Manifest(new TableSpec(1, 10) { PriorityExponent = 1 });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhileATableIsReset_NothingOfItIsSeen_AndThoseWhoWaitContinueAfterwards()
    {
        var recreated = new TaskCompletionSource<IReplayStore>();
        await using var table = await OpenAsync(_ => new ValueTask<IReplayStore>(recreated.Task));
        var writer = table.OpenWriter();
        await AppendAsync(writer, [First(0), Step(1), Step(2)]);
        var sampler = table.OpenSampler(new UniformSampler(new Pcg64(1)), new TransitionSpec(), batchSize: 2);

        var reset = table.ResetAsync(Cancellation);
        var appended = AppendAsync(writer, [First(0), Step(7)]);
        var sampled = sampler.SampleAsync(afterRecords: 0, mayWait: true, Cancellation).AsTask();

        Assert.Equal((0, 0L), (table.Status.Size, table.Status.Records));
        Assert.Equal(1, await table.UpdatePrioritiesAsync(new long[] { 1 }, new float[] { 5 }, Cancellation));
        Assert.False(reset.IsCompleted);
        Assert.False(appended.IsCompleted);
        Assert.False(sampled.IsCompleted);
        recreated.SetResult(new MemoryReplayStore(Manifest));
        await reset;
        Assert.Equal(2, await appended);
        Assert.True(await sampled);
        Assert.Equal([7f, 7f], sampler.Buffer.Rewards);
    }

    [Fact]
    public async Task AResetThatFails_ClosesTheTable()
    {
        await using var table = await OpenAsync(_ => throw new ReplayStoreException("No room.", StoreProblem.Full));
        var writer = table.OpenWriter();
        await AppendAsync(writer, [First(0), Step(1)]);
        var sampler = table.OpenSampler(new UniformSampler(new Pcg64(1)), new TransitionSpec(), batchSize: 1);
        var waiting = sampler.SampleAsync(afterRecords: 100, mayWait: true, Cancellation).AsTask();

        var error = await Assert.ThrowsAsync<ReplayStoreException>(() => table.ResetAsync(Cancellation));

        Assert.Equal("No room.", error.Message);
        await Assert.ThrowsAsync<TableClosedException>(() => waiting);
        await Assert.ThrowsAsync<TableClosedException>(() => AppendAsync(writer, [Step(2)]));
    }

    [Fact]
    public async Task ARewind_EndsWritersAndSamplersOfTheGeneration_AndWakesThoseWhoWait()
    {
        await using var table = await OpenAsync(_ => throw new InvalidOperationException());
        var writer = table.OpenWriter();
        await AppendAsync(writer, [First(0), Step(1)]);
        await table.Marks.SaveAsync("here", afterRecords: 2, Cancellation);
        var sampler = table.OpenSampler(new UniformSampler(new Pcg64(1)), new TransitionSpec(), batchSize: 1);
        var waiting = sampler.SampleAsync(afterRecords: 100, mayWait: true, Cancellation).AsTask();
        var marking = table.Marks.SaveAsync("later", afterRecords: 100, Cancellation);

        await table.Marks.RewindAsync("here", Cancellation);

        await Assert.ThrowsAsync<TableRewoundException>(() => waiting);
        await Assert.ThrowsAsync<TableRewoundException>(() => marking);
        await Assert.ThrowsAsync<TableRewoundException>(() => AppendAsync(writer, [Step(2)]));
        Assert.Equal(3, await AppendAsync(table.OpenWriter(), [Step(2)]));
    }

    private static StepRecord Step(float reward) => new(0, 1, reward, StepFlags.None);

    private static Task<long> AppendAsync(TableWriter writer, StepRecord[] records) =>
        writer.AppendAsync(records, new byte[records.Length], Cancellation).AsTask();

    private static ValueTask<SharedTable> OpenAsync(Func<TableManifest, ValueTask<IReplayStore>> recreate) =>
        SharedTable.OpenAsync("shared", new MemoryReplayStore(Manifest), recreate, new Silent());

    private sealed class Silent : ITableObserver
    {
        public void Opened(SharedTable table)
        {
        }

        public void Closed(SharedTable table)
        {
        }

        public void Appended(string table, int records, int bytes)
        {
        }

        public void PrioritiesUpdated(string table, int entries, int stale)
        {
        }

        public void Left(string table, int timesSampled)
        {
        }
    }
}
