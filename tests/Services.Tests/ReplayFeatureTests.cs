using System.Net;
using System.Runtime.InteropServices;
using DqnAspire.Contracts.Replay.V1;
using Google.Protobuf;
using Grpc.Core;
using BatchLayout = DqnAspire.Contracts.Replay.V1.BatchLayout;
using RateLimits = DqnAspire.Contracts.Replay.V1.RateLimits;
using StackPadding = DqnAspire.Contracts.Replay.V1.StackPadding;
using StepFlags = DqnAspire.Core.StepFlags;

namespace DqnAspire.Services.Tests;

/// <summary>With tables on disk.</summary>
public sealed class ReplayFeatureOnDiskTests(TestSystem system) : ReplayFeatureTests(system), IClassFixture<TestSystem>
{
    [Fact]
    public async Task ADamagedTable_IsToldInOneLine_AndTheOthersGoOn()
    {
        await Create("damaged");
        await System.Replay.CloseAsync(new CloseRequest { Table = "damaged" }, cancellationToken: Cancellation);
        var manifest = Path.Combine(System.RunsDirectory, "damaged", "table.json");
        var contents = await File.ReadAllTextAsync(manifest, Cancellation);
        await File.WriteAllTextAsync(
            manifest, contents.Replace("\"format\": 1", "\"format\": 9", StringComparison.Ordinal), Cancellation);

        await AssertFails(StatusCode.DataLoss, "is of format 9; this program reads format 1", () => Inspect("damaged"));

        await Create("healthy");
        await Append("healthy", [First()], [1]);
    }
}

/// <summary>With tables in Redis.</summary>
public sealed class ReplayFeatureInRedisTests : ReplayFeatureTests, IClassFixture<RedisSystem>
{
    private readonly RedisSystem _system;

    protected override IEnumerable<string> FurtherMetrics =>
        ["dqn_replay_redis_round_trips", "dqn_replay_redis_duration", "dqn_replay_redis_sent",
            "dqn_replay_redis_received", "dqn_replay_redis_compression"];

    public ReplayFeatureInRedisTests(RedisSystem system)
        : base(system)
    {
        RedisSystem.SkipWithoutServer();
        _system = system;
    }

    [Fact]
    public async Task ASecondService_GoesOnFromWhatIsThere_AndTheFirstIsToldSo()
    {
        await Create("taken", capacity: 10);
        await Append("taken", [First(), Step(1)], [1, 2]);
        await using var second = await _system.StartSecondAsync();

        var described =
            await second.Client.DescribeAsync(new DescribeRequest { Table = "taken" }, cancellationToken: Cancellation);

        Assert.Equal((2, 1, true), (described.Records, described.Size, described.Durable));
        await AssertFails(
            StatusCode.Aborted, "taken over by another ReplayService", () => Append("taken", [Step(2)], [3]));
        // Closed and opened again, it is the first's once more.
        await System.Replay.CloseAsync(new CloseRequest { Table = "taken" }, cancellationToken: Cancellation);
        await Append("taken", [Step(2)], [3]);
        Assert.Equal(
            3, (await System.Replay.DescribeAsync(
                new DescribeRequest { Table = "taken" }, cancellationToken: Cancellation)).Records);
    }

    [Fact]
    public async Task WhileRedisIsAway_TheServiceIsNotHealthy_AppendsWait_AndThenGoOn()
    {
        await Create("patient", capacity: 10);
        await Append("patient", [First(), Step(1)], [1, 2]);
        using var http = new HttpClient();
        var health = new Uri(_system.HttpAddresses["replay"], "/health");
        Assert.Equal("Healthy", await http.GetStringAsync(health, Cancellation));

        await _system.KillServerAsync();
        var append = Append("patient", [Step(2)], [3]);
        using var unhealthy = await http.GetAsync(health, Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unhealthy.StatusCode);
        Assert.False(append.IsCompleted);
        await _system.StartServerAsync();
        await append;

        Assert.Equal("Healthy", await http.GetStringAsync(health, Cancellation));
        Assert.Equal(
            3, (await System.Replay.DescribeAsync(
                new DescribeRequest { Table = "patient" }, cancellationToken: Cancellation)).Records);
    }
}

/// <summary>
/// Stacks, samplers, priorities, limits, inspection and snapshots, over gRPC with tables that outlive the process.
/// </summary>
public abstract class ReplayFeatureTests(TestSystem system) : ReplayCalls(system)
{
    /// <summary>
    /// What an engine measures besides; asked for in the one scrape, because the exporter gives the same answer for a
    /// while.
    /// </summary>
    protected virtual IEnumerable<string> FurtherMetrics => [];

    [Fact]
    public async Task ABatch_HasStacksReturnsAndMasks()
    {
        // Frames 10..13 with rewards 1, 2, 4 and a termination; gamma 1/2, two steps.
        await Create("stacks", maxStack: 2);
        await Append("stacks", [First(), Step(1), Step(2), Step(4, terminated: true)], [10, 11, 12, 13]);

        var batch = await SampleOne(new OpenSampler
        {
            Table = "stacks",
            BatchSize = 3,
            Kind = SamplerKind.Fifo,
            Stack = 2,
            Padding = StackPadding.Zero,
            Steps = 2,
            Discount = 0.5,
        });

        Assert.Equal([0, 10, 10, 11, 11, 12], batch.Observations.ToByteArray());
        Assert.Equal([11, 12, 12, 13, 12, 13], batch.NextObservations.ToByteArray());
        Assert.Equal([2f, 4f, 4f], Floats(batch.Rewards));
        Assert.Equal([0.25f, 0f, 0f], Floats(batch.Discounts));
        Assert.Equal([0, 1, 1], batch.Flags.ToByteArray());
        Assert.Empty(batch.Weights);
        var window = await SampleOne(new OpenSampler
        {
            Table = "stacks",
            BatchSize = 2,
            Kind = SamplerKind.Fifo,
            Stack = 2,
            Padding = StackPadding.Zero,
            Layout = BatchLayout.Window,
        });
        Assert.Equal([0, 10, 11, 10, 11, 12], window.Observations.ToByteArray());
        Assert.Empty(window.NextObservations);
    }

    [Fact]
    public async Task Priorities_DecideWhatIsSampled_AndStaleOnesAreCounted()
    {
        await Create("priorities", priorityExponent: 1);
        await Append("priorities", [First(), Step(1), Step(2), Step(3)], [0, 1, 2, 3]);

        Assert.Equal(2, await UpdatePriorities("priorities", [1, 2, 3, 0, 99], [0, 3, 1, 5, 5]));

        var batch = await SampleOne(
            new OpenSampler { Table = "priorities", BatchSize = 4, Kind = SamplerKind.Prioritized, Seed = 1 },
            importanceExponent: 1);
        // Equal parts of the sum of 4: three of them are record 2's. Weights 1 / (N P), divided by the largest.
        Assert.Equal([2L, 2L, 2L, 3L], MemoryMarshal.Cast<byte, long>(batch.Records.Span).ToArray());
        Assert.All(Floats(batch.Weights).Zip([1 / 3f, 1 / 3f, 1 / 3f, 1f]), w =>
            Assert.Equal(w.Second, w.First, 1e-6f));

        await AssertFails(StatusCode.InvalidArgument, "priorities[1]: NaN", () =>
            UpdatePriorities("priorities", [1, 2], [1, float.NaN]));
        await AssertFails(StatusCode.InvalidArgument, "priorities: 1 entries for 2 records", () =>
            UpdatePriorities("priorities", [1, 2], [1]));
        await Create("plain");
        await AssertFails(
            StatusCode.FailedPrecondition, "keeps no priorities", () => UpdatePriorities("plain", [1], [1]));
        await AssertFails(StatusCode.FailedPrecondition, "open.kind", () =>
            SampleOne(new OpenSampler { Table = "plain", BatchSize = 1, Kind = SamplerKind.Prioritized }));
    }

    [Theory]
    [InlineData(2, 1, 0.9, 0, "open.stack: 2")]
    [InlineData(1, 1001, 0.9, 0, "open.steps: 1001")]
    [InlineData(1, 1, 2.0, 0, "open.discount: 2")]
    [InlineData(1, 2, 0.9, (int)BatchLayout.Window, "open.layout")]
    [InlineData(1, 1, 0.9, 7, "open.padding, layout")]
    public async Task AnImpossibleSampler_IsNamed(int stack, int steps, double discount, int layout, string named)
    {
        var name = $"impossible-{stack}-{steps}-{discount}-{layout}";
        await Create(name);

        await AssertFails(StatusCode.InvalidArgument, named, () => SampleOne(new OpenSampler
        {
            Table = name,
            BatchSize = 1,
            Stack = stack,
            Steps = steps,
            Discount = discount,
            Layout = (BatchLayout)layout,
        }));
    }

    [Fact]
    public async Task ASampler_GoesOnFromTheStateOfAnEarlierStream()
    {
        await Create("resumed");
        await Append(
            "resumed", [First(), .. Enumerable.Repeat(Step(1), 40)], [.. Enumerable.Range(0, 41).Select(i => (byte)i)]);
        var open = new OpenSampler { Table = "resumed", BatchSize = 8, Seed = 4 };
        var first = await SampleOne(open, batches: 2);
        var second = await SampleOne(open, batches: 3);

        var resumed = await SampleOne(new OpenSampler { Table = "resumed", BatchSize = 8, State = first.SamplerState });

        Assert.Equal(second.Records, resumed.Records);
        Assert.NotEqual(first.Records, resumed.Records);
        await AssertFails(StatusCode.InvalidArgument, "open.", () =>
            SampleOne(new OpenSampler { Table = "resumed", BatchSize = 8, State = ByteString.CopyFromUtf8("x") }));
    }

    [Fact]
    public async Task Limits_HoldBothSides_AndCanBeChangedWhileTheyWait()
    {
        await Create("limited", limits: new RateLimits { MinSize = 4, SamplesPerInsert = 2, ErrorBuffer = 4 });
        using var append = System.Replay.Append(cancellationToken: Cancellation);
        await append.RequestStream.WriteAsync(
            Request("limited", [First(), .. Enumerable.Repeat(Step(1), 4)], new byte[5]), Cancellation);
        Assert.True(await append.ResponseStream.MoveNext(Cancellation));
        for (var i = 0; i < 2; i++)
        {
            await append.RequestStream.WriteAsync(Request("limited", [Step(1)], new byte[1]), Cancellation);
            Assert.True(await append.ResponseStream.MoveNext(Cancellation));
        }

        // Two transitions beyond the minimum have earned four samples: appending is as far ahead as it may be.
        await append.RequestStream.WriteAsync(Request("limited", [Step(1)], new byte[1]), Cancellation);
        var waiting = append.ResponseStream.MoveNext(Cancellation);
        Assert.Equal(
            4, (await System.Replay.LimitsAsync(
                new LimitsRequest { Table = "limited" }, cancellationToken: Cancellation)).Balance);
        Assert.False(waiting.IsCompleted);
        await SampleOne(new OpenSampler { Table = "limited", BatchSize = 2, Seed = 1 });
        Assert.True(await waiting);

        // Sampling is stopped at the other end, until the limits are lifted.
        using var batches = System.Replay.Sample(cancellationToken: Cancellation);
        await batches.RequestStream.WriteAsync(
            new SampleRequest { Open = new OpenSampler { Table = "limited", BatchSize = 4, Seed = 1 } }, Cancellation);
        await batches.RequestStream.WriteAsync(
            new SampleRequest { Credit = new SampleCredit { Batches = 10 } }, Cancellation);
        Assert.True(await batches.ResponseStream.MoveNext(Cancellation));
        Assert.True(await batches.ResponseStream.MoveNext(Cancellation));
        var held = batches.ResponseStream.MoveNext(Cancellation);
        Assert.Equal(
            -4, (await System.Replay.LimitsAsync(
                new LimitsRequest { Table = "limited" }, cancellationToken: Cancellation)).Balance);
        Assert.False(held.IsCompleted);
        var changed = await System.Replay.LimitsAsync(
            new LimitsRequest { Table = "limited", Limits = new RateLimits() }, cancellationToken: Cancellation);
        Assert.Equal(
            (1L, 0.0, 1.0), (changed.Limits.MinSize, changed.Limits.SamplesPerInsert, changed.Limits.ErrorBuffer));
        Assert.True(await held);
        await AssertFails(StatusCode.InvalidArgument, "limits.min_size: 101", async () =>
            await System.Replay.LimitsAsync(
                new LimitsRequest { Table = "limited", Limits = new RateLimits { MinSize = 101 } },
                cancellationToken: Cancellation));
    }

    [Fact]
    public async Task AppendingGoesOn_WhileASamplerLacksTransitions_WhateverTheLimits()
    {
        // A batch needs 50 different transitions; the ratio alone would stop appending after the second.
        await Create("starving", limits: new RateLimits { MinSize = 1, SamplesPerInsert = 10, ErrorBuffer = 1 });
        var sampled = SampleOne(new OpenSampler { Table = "starving", BatchSize = 50, Seed = 1 });
        using var append = System.Replay.Append(cancellationToken: Cancellation);
        for (var i = 0; i < 51; i++)
        {
            await append.RequestStream.WriteAsync(
                Request("starving", [i == 0 ? First() : Step(1)], [(byte)i]), Cancellation);
        }

        Assert.Equal(50, (await sampled).Count);
    }

    [Fact]
    public async Task ATable_IsThereAfterARestart_WithItsPrioritiesLimitsAndCounters()
    {
        await Create(
            "durable", priorityExponent: 1,
            limits: new RateLimits { MinSize = 2, SamplesPerInsert = 100, ErrorBuffer = 1000 });
        await Append("durable", [First(), Step(1), Step(2), Step(3)], [0, 1, 2, 3]);
        await UpdatePriorities("durable", [1, 2], [7, 0.5f]);
        await SampleOne(new OpenSampler { Table = "durable", BatchSize = 2, Seed = 1 });
        var before = await Inspect("durable");

        await System.RestartReplayAsync();

        var after = await Inspect("durable");
        // Nothing was read yet.
        before.Table.ObservationBytes = 0;
        Assert.Equal(before.Table, after.Table);
        Assert.Equal([7f, 0.5f, 1f], after.Transitions.Select(t => t.Priority));
        Assert.True(after.Table.Durable);
        // And it goes on in the middle of the episode.
        await Append("durable", [Step(4)], [4]);
        Assert.Equal(
            [3, 4], (await SampleOne(
                new OpenSampler
                {
                    Table = "durable",
                    BatchSize = 1,
                    Kind = SamplerKind.Newest,
                    Layout = BatchLayout.Window
                })).Observations.ToByteArray());
    }

    [Fact]
    public async Task AClosedTable_OpensAgain_AndADeletedOneIsGone()
    {
        await Create("closed");
        await Append("closed", [First(), Step(1)], [1, 2]);

        await System.Replay.CloseAsync(new CloseRequest { Table = "closed" }, cancellationToken: Cancellation);
        Assert.DoesNotContain(
            (await System.Replay.ListAsync(new ListRequest(), cancellationToken: Cancellation)).Tables, t =>
            t.Spec.Name == "closed");
        await AssertFails(StatusCode.AlreadyExists, "closed", () => Create("closed"));
        Assert.Equal(1, (await Inspect("closed")).Table.Size);

        await System.Replay.DeleteAsync(new DeleteRequest { Table = "closed" }, cancellationToken: Cancellation);
        await AssertFails(StatusCode.NotFound, "closed", () => Inspect("closed"));
        Assert.False(Directory.Exists(Path.Combine(System.RunsDirectory, "closed")));
    }

    [Fact]
    public async Task Inspect_ShowsTransitionsStatisticsAndPictures()
    {
        await Create("inspected", shape: [2, 3], priorityExponent: 0.5);
        byte[] frames = [.. Enumerable.Range(0, 7 * 6).Select(i => (byte)(i * 5))];
        await Append(
            "inspected",
            [First(), Step(1), Step(2, terminated: true), First(1), Step(5, 1), Step(6, 1),
            Step(7, 1) with { Flags = StepFlags.Truncated }], frames);
        await UpdatePriorities("inspected", [2], [4]);

        var response = await System.Replay.InspectAsync(
            new InspectRequest { Table = "inspected", First = -2, Count = 5, Pictures = true },
            cancellationToken: Cancellation);

        Assert.Equal((1.0, 1.6, 4.0), (response.Priorities.Min, response.Priorities.Mean, response.Priorities.Max));
        Assert.Equal(
            (2, 2.0, 2.5, 3.0),
            (response.WholeEpisodes, response.EpisodeLengths.Min, response.EpisodeLengths.Mean,
            response.EpisodeLengths.Max));
        Assert.Equal(
            (3.0, 10.5, 18.0),
            (response.EpisodeReturns.Min, response.EpisodeReturns.Mean, response.EpisodeReturns.Max));
        var last = response.Transitions[1];
        Assert.Equal(
            (6L, 1, 1L, 3, 7f, true, false, 0L),
            (last.Record, last.Lane, last.Episode, last.Step, last.Reward, last.Truncated, last.Terminated, last.Age));
        Assert.Equal(1, response.Transitions[0].Age);
        var (rows, columns, pixels) = Decode(last.Png.ToByteArray());
        Assert.Equal((2, 3), (rows, columns));
        Assert.Equal(frames[^6..], pixels);
        await AssertFails(StatusCode.InvalidArgument, "count: 257", async () =>
            await System.Replay.InspectAsync(
                new InspectRequest { Table = "inspected", Count = 257 }, cancellationToken: Cancellation));
        await Create("vectors");
        await AssertFails(StatusCode.InvalidArgument, "pictures: observations of shape [1]", async () =>
            await System.Replay.InspectAsync(
                new InspectRequest { Table = "vectors", Pictures = true }, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task ASnapshot_IsTheTableOfItsMoment_AndCanBeRestored()
    {
        await Create("original", capacity: 50, maxStack: 2, priorityExponent: 1);
        await Append(
            "original", [First(), .. Enumerable.Repeat(Step(1), 60)],
            [.. Enumerable.Range(0, 61).Select(i => (byte)i)]);
        await UpdatePriorities("original", [60], [9]);

        // Appends run against the snapshot all the while.
        using var stop = new CancellationTokenSource();
        var appending = Task.Run(
            async () =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                {
                    await Append("original", [Step(1)], [(byte)i]);
                }
            },
            Cancellation);
        var snapshot = await System.Replay.SnapshotAsync(
            new SnapshotRequest { Table = "original", Snapshot = "s1" }, cancellationToken: Cancellation);
        await stop.CancelAsync();
        await appending;
        Assert.Equal(50, snapshot.Size);
        Assert.True(snapshot.Records >= 61);

        var request = new RestoreRequest { Table = "original", Snapshot = "s1", NewTable = "copy" };
        var restored = (await System.Replay.RestoreAsync(request, cancellationToken: Cancellation)).Table;
        Assert.Equal((snapshot.Records, 50L, "copy"), (restored.Records, restored.Size, restored.Spec.Name));
        await Append("copy", [Step(1)], [99]);
        var newest =
            await SampleOne(new OpenSampler { Table = "copy", BatchSize = 1, Kind = SamplerKind.Newest, Stack = 2 });
        Assert.Equal(99, newest.NextObservations[1]);

        await AssertFails(StatusCode.AlreadyExists, "s1", async () =>
            await System.Replay.SnapshotAsync(
                new SnapshotRequest { Table = "original", Snapshot = "s1" }, cancellationToken: Cancellation));
        await AssertFails(StatusCode.NotFound, "no snapshot 's2'", async () =>
            await System.Replay.RestoreAsync(
                new RestoreRequest { Table = "original", Snapshot = "s2", NewTable = "copy2" },
                cancellationToken: Cancellation));
        await AssertFails(StatusCode.AlreadyExists, "copy", async () =>
            await System.Replay.RestoreAsync(
                new RestoreRequest { Table = "original", Snapshot = "s1", NewTable = "copy" },
                cancellationToken: Cancellation));
        await AssertFails(StatusCode.InvalidArgument, "snapshot: '../x'", async () =>
            await System.Replay.SnapshotAsync(
                new SnapshotRequest { Table = "original", Snapshot = "../x" }, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task Metrics_TellWhatHappened()
    {
        await Create("measured", capacity: 3);
        await Append("measured", [First(), .. Enumerable.Repeat(Step(1), 5)], new byte[6]);
        await SampleOne(new OpenSampler { Table = "measured", BatchSize = 2, Seed = 1 });

        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(System.HttpAddresses["replay"], "/metrics"), Cancellation);

        foreach (var name in new[]
        {
            "dqn_replay_records", "dqn_replay_received", "dqn_replay_batches", "dqn_replay_sample_duration",
            "dqn_replay_sample_wait",
            "dqn_replay_sample_age", "dqn_replay_times_sampled", "dqn_replay_cache_hits", "dqn_replay_size",
        })
        {
            Assert.Contains(
                metrics.Split('\n'), line => line.StartsWith(name, StringComparison.Ordinal)
                && line.Contains("table=\"measured\"", StringComparison.Ordinal));
        }

        foreach (var name in FurtherMetrics)
        {
            Assert.Contains(metrics.Split('\n'), line => line.StartsWith(name, StringComparison.Ordinal));
        }
    }
}
