using DqnAspire.Contracts.Common.V1;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Replay;
using Google.Protobuf;
using Grpc.Core;
using RateLimits = DqnAspire.Contracts.Replay.V1.RateLimits;
using TableSpec = DqnAspire.Contracts.Replay.V1.TableSpec;

namespace DqnAspire.Services.Tests;

/// <summary>With tables on disk, as in a run.</summary>
public sealed class ReplayMarkOnDiskTests(TestSystem system) : ReplayMarkTests(system), IClassFixture<TestSystem>
{
    [Fact]
    public async Task AMark_IsThereAfterARestart()
    {
        await Create("restarted");
        await Append("restarted", records: 11);
        await Mark("restarted", "here");
        await Append("restarted", records: 5);

        await System.RestartReplayAsync();

        Assert.Equal(10, (await Rewind("restarted", "here")).Size);
        Assert.Equal(11, (await Describe("restarted")).Records);
    }

    [Fact]
    public async Task ADamagedMark_IsTold_AndTheTableStays()
    {
        await Create("damaged-mark");
        await Append("damaged-mark", records: 11);
        await Mark("damaged-mark", "here");
        var path = Path.Combine(System.RunsDirectory, "damaged-mark", "mark-here.bin");
        var bytes = await File.ReadAllBytesAsync(path, Cancellation);
        bytes[20] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Cancellation);

        await AssertFails(StatusCode.DataLoss, "Mark 'here' is damaged", () => Rewind("damaged-mark", "here"));

        Assert.Equal(11, (await Describe("damaged-mark")).Records);
    }
}

/// <summary>With tables in memory.</summary>
public sealed class ReplayMarkInMemoryTests(InMemorySystem system) : ReplayMarkTests(system), IClassFixture<InMemorySystem>;

/// <summary>Marks over gRPC, whichever engine the tables have.</summary>
public abstract class ReplayMarkTests(TestSystem system)
{
    protected TestSystem System => system;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ATableGoesBack_WithItsCountsAndTheLimitersBalance()
    {
        await Create("counts", new RateLimits { MinSize = 4, SamplesPerInsert = 2, ErrorBuffer = 100 });
        await Append("counts", records: 11);
        using (var sample = await OpenSampler("counts"))
        {
            await Credit(sample);
            Assert.True(await sample.ResponseStream.MoveNext(Cancellation));
        }

        var before = await Describe("counts");
        var balance = (await Limits("counts")).Balance;
        var mark = await Mark("counts", "here");
        Assert.Equal((10L, 11L, 2L, 1L), (mark.Size, mark.Records, mark.Sampled, mark.Episodes));
        await Append("counts", records: 7);
        Assert.NotEqual(balance, (await Limits("counts")).Balance);

        Assert.Equal(mark, await Rewind("counts", "here"));

        // What was read stays in memory.
        var after = await Describe("counts");
        after.ObservationBytes = before.ObservationBytes;
        Assert.Equal(before, after);
        Assert.Equal(balance, (await Limits("counts")).Balance);
        Assert.Equal([mark], (await ListMarks("counts")).Marks);
    }

    [Fact]
    public async Task WritersAndSamplersOfBefore_AreAborted_AndNewOnesGoOn()
    {
        await Create("eras");
        using var writer = system.Replay.Append(cancellationToken: Cancellation);
        await writer.RequestStream.WriteAsync(Request("eras", records: 5), Cancellation);
        Assert.True(await writer.ResponseStream.MoveNext(Cancellation));
        await Mark("eras", "here");
        using var idle = await OpenSampler("eras");
        await Credit(idle);
        Assert.True(await idle.ResponseStream.MoveNext(Cancellation));
        using var waiting = await OpenSampler("eras");
        await Credit(waiting);
        Assert.True(await waiting.ResponseStream.MoveNext(Cancellation));
        await waiting.RequestStream.WriteAsync(new SampleRequest { Credit = new SampleCredit { Batches = 1, AfterRecords = 1000 } }, Cancellation);
        var neverDrawn = waiting.ResponseStream.MoveNext(Cancellation);

        await Rewind("eras", "here");

        await AssertFails(StatusCode.Aborted, "went back to a mark", () => neverDrawn);
        await Credit(idle);
        await AssertFails(StatusCode.Aborted, "went back to a mark", () => idle.ResponseStream.MoveNext(Cancellation));
        await writer.RequestStream.WriteAsync(Request("eras", records: 5), Cancellation);
        await AssertFails(StatusCode.Aborted, "went back to a mark", () => writer.ResponseStream.MoveNext(Cancellation));
        await Append("eras", records: 1000);
        Assert.Equal(1005, (await Describe("eras")).Records);
        using var anew = await OpenSampler("eras");
        await Credit(anew);
        Assert.True(await anew.ResponseStream.MoveNext(Cancellation));
    }

    [Fact]
    public async Task WhatCannotBe_IsTold()
    {
        await Create("refused");
        await AssertFails(StatusCode.NotFound, "There is no mark 'x'", () => Rewind("refused", "x"));
        await AssertFails(StatusCode.NotFound, "no mark 'x'", () => DropMark("refused", "x"));
        await AssertFails(StatusCode.InvalidArgument, "mark: '../x'", () => Mark("refused", "../x"));
        await AssertFails(StatusCode.NotFound, "no table 'none'", () => Mark("none", "x"));
        await AssertFails(StatusCode.InvalidArgument, "spec.rewind_steps: -1", () => Create("negative", rewindSteps: -1));

        await Append("refused", records: 1000);
        await Mark("refused", "far");
        for (var i = 0; i < 20; i++)
        {
            await Append("refused", records: 1000);
        }

        await AssertFails(StatusCode.FailedPrecondition, "rewind_steps (RewindSteps) of 0", () => Rewind("refused", "far"));
        Assert.Equal(21_000, (await Describe("refused")).Records);
        await DropMark("refused", "far");
        Assert.Empty((await ListMarks("refused")).Marks);

        // The same with room for it.
        await Create("room", rewindSteps: 20_000);
        Assert.Equal(20_000, (await Describe("room")).Spec.RewindSteps);
        await Append("room", records: 1000);
        await Mark("room", "far");
        for (var i = 0; i < 20; i++)
        {
            await Append("room", records: 1000);
        }

        await Rewind("room", "far");
        Assert.Equal(1000, (await Describe("room")).Records);
    }

    protected static async Task AssertFails(StatusCode code, string named, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Contains(named, error.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(code, error.StatusCode);
    }

    protected async Task Create(string name, RateLimits? limits = null, int rewindSteps = 0)
    {
        var spec = new TableSpec
        {
            Name = name,
            ElementType = ElementType.Uint8,
            ObservationShape = { 1 },
            Capacity = 100,
            Limits = limits,
            RewindSteps = rewindSteps,
        };
        await system.Replay.CreateAsync(new CreateRequest { Spec = spec }, cancellationToken: Cancellation);
    }

    protected async Task Append(string table, int records)
    {
        using var append = system.Replay.Append(cancellationToken: Cancellation);
        await append.RequestStream.WriteAsync(Request(table, records), Cancellation);
        await append.RequestStream.CompleteAsync();
        Assert.True(await append.ResponseStream.MoveNext(Cancellation));
        Assert.False(await append.ResponseStream.MoveNext(Cancellation));
    }

    protected async Task<MarkInfo> Mark(string table, string mark) =>
        await system.Replay.MarkAsync(new MarkRequest { Table = table, Mark = mark }, cancellationToken: Cancellation);

    protected async Task<MarkInfo> Rewind(string table, string mark) =>
        await system.Replay.RewindAsync(new RewindRequest { Table = table, Mark = mark }, cancellationToken: Cancellation);

    protected async Task<DescribeResponse> Describe(string table) =>
        await system.Replay.DescribeAsync(new DescribeRequest { Table = table }, cancellationToken: Cancellation);

    /// <summary>An episode's first record and steps.</summary>
    private static AppendRequest Request(string table, int records) => new()
    {
        Table = table,
        Steps = new StepBlock
        {
            Lanes = { Enumerable.Repeat(0, records) },
            Actions = { Enumerable.Repeat(1, records) },
            Rewards = { Enumerable.Range(0, records).Select(i => (float)i) },
            Flags = ByteString.CopyFrom([(byte)RecordFlags.First, .. new byte[records - 1]]),
            Observations = ByteString.CopyFrom([.. Enumerable.Range(0, records).Select(i => (byte)i)]),
        },
    };

    private static async Task Credit(AsyncDuplexStreamingCall<SampleRequest, SampleResponse> sample) =>
        await sample.RequestStream.WriteAsync(new SampleRequest { Credit = new SampleCredit { Batches = 1 } }, Cancellation);

    private async Task<AsyncDuplexStreamingCall<SampleRequest, SampleResponse>> OpenSampler(string table)
    {
        var sample = system.Replay.Sample(cancellationToken: Cancellation);
        await sample.RequestStream.WriteAsync(new SampleRequest { Open = new OpenSampler { Table = table, BatchSize = 2, Seed = 1 } }, Cancellation);
        return sample;
    }

    private async Task<LimitsResponse> Limits(string table) =>
        await system.Replay.LimitsAsync(new LimitsRequest { Table = table }, cancellationToken: Cancellation);

    private async Task<ListMarksResponse> ListMarks(string table) =>
        await system.Replay.ListMarksAsync(new ListMarksRequest { Table = table }, cancellationToken: Cancellation);

    private async Task DropMark(string table, string mark) =>
        await system.Replay.DropMarkAsync(new DropMarkRequest { Table = table, Mark = mark }, cancellationToken: Cancellation);
}
