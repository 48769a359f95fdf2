using System.Runtime.InteropServices;
using DqnAspire.Contracts.Common.V1;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay;
using DqnAspire.Replay.Sampling;
using Google.Protobuf;
using Grpc.Core;
using StepFlags = DqnAspire.Core.StepFlags;
using TableSpec = DqnAspire.Contracts.Replay.V1.TableSpec;

namespace DqnAspire.Services.Tests;

/// <summary>With tables on disk, as in a run.</summary>
public sealed class ReplayOnDiskTests(TestSystem system) : ReplayTests(system), IClassFixture<TestSystem>;

/// <summary>With tables in memory, as in a service without a data folder.</summary>
public sealed class ReplayInMemoryTests(InMemorySystem system) : ReplayTests(system), IClassFixture<InMemorySystem>
{
    [Fact]
    public async Task ATableThatMayTakeTooMuchMemory_IsRefused()
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            () => Create("large", capacity: 1_000_000, width: 4_000_000));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.Contains("MaxMemoryBytes", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASnapshot_NeedsATableOnDisk()
    {
        await Create("volatile", capacity: 10);

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await System.Replay.SnapshotAsync(
                new SnapshotRequest { Table = "volatile", Snapshot = "s" }, cancellationToken: Cancellation));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Contains("Replay:DataDirectory", error.Status.Detail, StringComparison.Ordinal);
    }
}

/// <summary>With tables in Redis.</summary>
public sealed class ReplayInRedisTests : ReplayTests, IClassFixture<RedisSystem>
{
    public ReplayInRedisTests(RedisSystem system)
        : base(system) => RedisSystem.SkipWithoutServer();
}

/// <summary>The experience store over gRPC, whichever engine it has.</summary>
public abstract class ReplayTests(TestSystem system)
{
    protected const int Width = 8;

    protected TestSystem System => system;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AppendThenCredit_OnTwoStreams_GivesTheBatchesOfATableInThisProcess()
    {
        await Create("lockstep", capacity: 200);
        var table = new ReplayTable(new DqnAspire.Replay.TableSpec(Width, 200));
        var sampler = new UniformSamplerWithoutReplacement(new Pcg64(9));
        var view = new TransitionView(table, new TransitionSpec());
        var expected = new TransitionBuffer(16, Width);
        using var append = system.Replay.Append(cancellationToken: Cancellation);
        using var sample = system.Replay.Sample(cancellationToken: Cancellation);
        await sample.RequestStream.WriteAsync(
            new SampleRequest { Open = new OpenSampler { Table = "lockstep", BatchSize = 16, Seed = 9 } },
            Cancellation);

        for (var step = 0; step < 2000; step++)
        {
            var records = Records(step);
            await append.RequestStream.WriteAsync(
                new AppendRequest { Table = step == 0 ? "lockstep" : "", Steps = Block(records, step) }, Cancellation);
            await table.AppendAsync(records, Observations(records, step), Cancellation);
            if (table.Size < 16)
            {
                continue;
            }

            await sample.RequestStream.WriteAsync(
                new SampleRequest { Credit = new SampleCredit { Batches = 1, AfterRecords = table.Records } },
                Cancellation);
            Assert.True(await sample.ResponseStream.MoveNext(Cancellation));
            var batch = sample.ResponseStream.Current;
            sampler.Sample(view, expected.Indices, expected.Weights);
            await view.ReadAsync(expected.Indices, expected, Cancellation);
            Assert.Equal(16, batch.Count);
            Assert.Equal(expected.Observations, batch.Observations.Span);
            Assert.Equal(expected.NextObservations, batch.NextObservations.Span);
            Assert.Equal(MemoryMarshal.AsBytes(expected.Actions.AsSpan()), batch.Actions.Span);
            Assert.Equal(MemoryMarshal.AsBytes(expected.Rewards.AsSpan()), batch.Rewards.Span);
            Assert.Equal(MemoryMarshal.AsBytes(expected.Flags.AsSpan()), batch.Flags.Span);
            Assert.Equal(MemoryMarshal.AsBytes(expected.Records.AsSpan()), batch.Records.Span);
        }

        var described = await system.Replay.DescribeAsync(
            new DescribeRequest { Table = "lockstep" }, cancellationToken: Cancellation);
        Assert.Equal(
            (table.Size, table.Records, table.Episodes), ((int)described.Size, described.Records, described.Episodes));
    }

    [Fact]
    public async Task EveryAppend_IsAcknowledgedWithTheRecordsSoFar()
    {
        await Create("acks", capacity: 100);
        using var append = system.Replay.Append(cancellationToken: Cancellation);
        long expected = 0;
        for (var step = 0; step < 50; step++)
        {
            var records = Records(step);
            expected += records.Length;
            await append.RequestStream.WriteAsync(
                new AppendRequest { Table = "acks", Steps = Block(records, step) }, Cancellation);
            Assert.True(await append.ResponseStream.MoveNext(Cancellation));
            Assert.Equal(expected, append.ResponseStream.Current.DurableRecords);
        }

        await append.RequestStream.CompleteAsync();
        Assert.False(await append.ResponseStream.MoveNext(Cancellation));
    }

    [Fact]
    public async Task ASampler_WaitsUntilTheTableHoldsABatch()
    {
        await Create("waiting", capacity: 100);
        using var sample = await OpenSampler("waiting", batchSize: 4);
        await sample.RequestStream.WriteAsync(
            new SampleRequest { Credit = new SampleCredit { Batches = 2 } }, Cancellation);
        var first = sample.ResponseStream.MoveNext(Cancellation);
        await Append("waiting", [First(), Step(), Step(), Step()]);
        Assert.False(first.IsCompleted);

        await Append("waiting", [Step()]);

        Assert.True(await first);
        Assert.True(await sample.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(4, sample.ResponseStream.Current.Records.Length / sizeof(long));
    }

    [Fact]
    public async Task ASamplerThatMayNotWait_FailsWhenTheTableIsShort()
    {
        await Create("short", capacity: 100);
        using var sample = system.Replay.Sample(cancellationToken: Cancellation);
        await sample.RequestStream.WriteAsync(
            new SampleRequest { Open = new OpenSampler { Table = "short", BatchSize = 4, FailWhenShort = true } },
            Cancellation);
        await sample.RequestStream.WriteAsync(
            new SampleRequest { Credit = new SampleCredit { Batches = 1 } }, Cancellation);

        await AssertEnds(sample, StatusCode.FailedPrecondition, "holds 0 transitions");
    }

    [Fact]
    public async Task DeletingATable_EndsItsWaitingSamplers()
    {
        await Create("doomed", capacity: 100);
        using var sample = await OpenSampler("doomed", batchSize: 4);
        await sample.RequestStream.WriteAsync(
            new SampleRequest { Credit = new SampleCredit { Batches = 1 } }, Cancellation);
        var waiting = sample.ResponseStream.MoveNext(Cancellation);

        await system.Replay.DeleteAsync(new DeleteRequest { Table = "doomed" }, cancellationToken: Cancellation);

        var error = await Assert.ThrowsAsync<RpcException>(() => waiting);
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
        Assert.Contains("doomed", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_EmptiesATable()
    {
        await Create("reset", capacity: 100);
        await Append("reset", [First(), Step(), Step()]);

        await system.Replay.ResetAsync(new ResetRequest { Table = "reset" }, cancellationToken: Cancellation);

        var described =
            await system.Replay.DescribeAsync(new DescribeRequest { Table = "reset" }, cancellationToken: Cancellation);
        Assert.Equal((0L, 0L, 100L), (described.Size, described.Records, described.Spec.Capacity));
    }

    [Fact]
    public async Task AClientThatVanishes_LeavesAWholeTable()
    {
        await Create("vanish", capacity: 100);
        using (var append = system.Replay.Append(cancellationToken: Cancellation))
        {
            await append.RequestStream.WriteAsync(
                new AppendRequest { Table = "vanish", Steps = Block([First(), Step()], 0) }, Cancellation);
            Assert.True(await append.ResponseStream.MoveNext(Cancellation));
        }

        await Append("vanish", [First(), Step()]);
        var described = await system.Replay.DescribeAsync(
            new DescribeRequest { Table = "vanish" }, cancellationToken: Cancellation);
        Assert.Equal((2L, 4L), (described.Size, described.Records));
    }

    [Fact]
    public async Task ABadBlock_IsRefusedWhole_AndNamesTheRecord()
    {
        await Create("bad", capacity: 100);

        var error = await Assert.ThrowsAsync<RpcException>(() => Append("bad", [First(), Step() with { Lane = 5 }]));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.StartsWith("steps.lanes[1]", error.Status.Detail, StringComparison.Ordinal);
        var described =
            await system.Replay.DescribeAsync(new DescribeRequest { Table = "bad" }, cancellationToken: Cancellation);
        Assert.Equal(0, described.Records);
    }

    [Fact]
    public async Task ColumnsOfDifferentLengths_AreNamed()
    {
        await Create("columns", capacity: 100);
        using var append = system.Replay.Append(cancellationToken: Cancellation);
        var block = Block([First(), Step()], 0);
        block.Rewards.RemoveAt(1);
        await append.RequestStream.WriteAsync(new AppendRequest { Table = "columns", Steps = block }, Cancellation);

        var error = await Assert.ThrowsAsync<RpcException>(() => append.ResponseStream.MoveNext(Cancellation));

        Assert.Equal(
            (StatusCode.InvalidArgument, "steps.rewards: 1 entries for 2 records."),
            (error.StatusCode, error.Status.Detail));
    }

    [Theory]
    [InlineData("", 1, Width, 10L, StatusCode.InvalidArgument, "spec.name")]
    [InlineData("a b", 1, Width, 10L, StatusCode.InvalidArgument, "spec.name")]
    [InlineData("t", 0, Width, 10L, StatusCode.InvalidArgument, "spec.element_type")]
    [InlineData("t", 1, 0, 10L, StatusCode.InvalidArgument, "spec.observation_shape")]
    [InlineData("t", 1, 1_000_000_000, 10L, StatusCode.InvalidArgument, "spec.observation_shape")]
    [InlineData("t", 1, Width, 0L, StatusCode.InvalidArgument, "spec.capacity")]
    [InlineData("t", 1, Width, 100_000_000L, StatusCode.ResourceExhausted, "MaxMemoryBytes")]
    [InlineData("../t", 1, Width, 10L, StatusCode.InvalidArgument, "spec.name")]
    [InlineData("/t", 1, Width, 10L, StatusCode.InvalidArgument, "spec.name")]
    [InlineData("a//t", 1, Width, 10L, StatusCode.InvalidArgument, "spec.name")]
    public async Task AnImpossibleTable_IsRefused(
        string name, int type, int axis, long capacity, StatusCode code, string named)
    {
        var spec = new TableSpec
        {
            Name = name,
            ElementType = (ElementType)type,
            ObservationShape = { axis },
            Capacity = capacity
        };

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await system.Replay.CreateAsync(new CreateRequest { Spec = spec }, cancellationToken: Cancellation));

        Assert.Equal(code, error.StatusCode);
        Assert.Contains(named, error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATakenName_AndAnUnknownTable_AreTold()
    {
        await Create("taken", capacity: 100);

        var taken = await Assert.ThrowsAsync<RpcException>(() => Create("taken", capacity: 100));
        Assert.Equal(StatusCode.AlreadyExists, taken.StatusCode);
        var unknown = await Assert.ThrowsAsync<RpcException>(() => Append("nowhere", [First()]));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
        using var tooLarge = await OpenSampler("taken", batchSize: 101);
        await AssertEnds(tooLarge, StatusCode.InvalidArgument, "open.batch_size");
    }

    protected static async Task AssertEnds(
        AsyncDuplexStreamingCall<SampleRequest, SampleResponse> sample, StatusCode code, string named)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => sample.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(code, error.StatusCode);
        Assert.Contains(named, error.Status.Detail, StringComparison.Ordinal);
    }

    protected static StepRecord First() => new(0, -1, 0, StepFlags.First);

    protected static StepRecord Step() => new(0, 1, 0.5f, StepFlags.None);

    /// <summary>Episodes of seven steps, each begun by a first record.</summary>
    private static StepRecord[] Records(int step) => (step % 7) switch
    {
        0 => [First(), Step()],
        6 => [Step() with { Action = step, Flags = step % 2 == 0 ? StepFlags.Terminated : StepFlags.Truncated }],
        _ => [Step() with { Action = step }],
    };

    private static byte[] Observations(StepRecord[] records, int step)
    {
        var bytes = new byte[records.Length * Width];
        for (var i = 0; i < records.Length; i++)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(i * Width), (step * 2L) + i);
        }

        return bytes;
    }

    private static StepBlock Block(StepRecord[] records, int step) => new()
    {
        Lanes = { records.Select(r => r.Lane) },
        Actions = { records.Select(r => r.Action) },
        Rewards = { records.Select(r => r.Reward) },
        Flags = ByteString.CopyFrom([.. records.Select(r => (byte)r.Flags)]),
        Observations = ByteString.CopyFrom(Observations(records, step)),
    };

    protected async Task Create(string name, long capacity, int width = Width) => await Create(new TableSpec
    {
        Name = name,
        ElementType = ElementType.Uint8,
        ObservationShape = { width },
        Capacity = capacity,
    });

    protected async Task Create(TableSpec spec) =>
        await system.Replay.CreateAsync(new CreateRequest { Spec = spec }, cancellationToken: Cancellation);

    protected async Task Append(string table, StepRecord[] records)
    {
        using var append = system.Replay.Append(cancellationToken: Cancellation);
        await append.RequestStream.WriteAsync(
            new AppendRequest { Table = table, Steps = Block(records, 0) }, Cancellation);
        await append.RequestStream.CompleteAsync();
        while (await append.ResponseStream.MoveNext(Cancellation))
        {
        }
    }

    private async Task<AsyncDuplexStreamingCall<SampleRequest, SampleResponse>> OpenSampler(string table, int batchSize)
    {
        var sample = system.Replay.Sample(cancellationToken: Cancellation);
        await sample.RequestStream.WriteAsync(
            new SampleRequest { Open = new OpenSampler { Table = table, BatchSize = batchSize, Seed = 1 } },
            Cancellation);
        return sample;
    }
}
