using System.Diagnostics;
using System.Globalization;
using DqnAspire.Clients;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Replay;
using Grpc.Core;
using Grpc.Net.Client;
using StepFlags = DqnAspire.Core.StepFlags;
using TableSpec = DqnAspire.Contracts.Replay.V1.TableSpec;

namespace DqnAspire.Services.Tests;

/// <summary>The same, with little memory for tables and samplers.</summary>
public sealed class ScarceMemorySystem : TestSystem
{
    protected override string[] ReplaySettings =>
        ["--Replay:MaxMemoryBytes=268435456", "--Replay:ResidentBytes=1048576"];
}

/// <summary>What callers may take of ReplayService's memory is computed before it is taken.</summary>
public sealed class ReplayMemoryTests(ScarceMemorySystem system)
    : ReplayCalls(system), IClassFixture<ScarceMemorySystem>
{
    [Fact]
    public async Task GreedySamplers_AreRefusedWithTheNumbers_AndTheMemoryComesBack()
    {
        await Create("greedy", capacity: 1000, shape: [12_000]);
        // 48 MB of observations, and a message of half of that while it is sent.
        var open = new OpenSampler { Table = "greedy", BatchSize = 2000, WithReplacement = true };
        for (var round = 0; round < 2; round++)
        {
            var held = new List<AsyncDuplexStreamingCall<SampleRequest, SampleResponse>>();
            var error = await Assert.ThrowsAsync<RpcException>(async () =>
            {
                for (var i = 0; i < 5; i++)
                {
                    held.Add(await OpenAsync(open));
                }
            });

            Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
            Assert.StartsWith("open.batch_size: a sampler of 2000", error.Status.Detail, StringComparison.Ordinal);
            Assert.EndsWith(
                "Replay:MaxMemoryBytes allows 268,435,456.", error.Status.Detail, StringComparison.Ordinal);
            Assert.InRange(held.Count, 2, 4);
            foreach (var sample in held)
            {
                await sample.RequestStream.CompleteAsync();
                Assert.False(await sample.ResponseStream.MoveNext(Cancellation));
                sample.Dispose();
            }
        }
    }

    [Fact]
    public async Task PicturesOfMany_AreRefused()
    {
        await Create("pictures", capacity: 10, shape: [1000, 1000]);

        await AssertFails(StatusCode.ResourceExhausted, "count", async () => await System.Replay.InspectAsync(
            new InspectRequest { Table = "pictures", Count = 256, Pictures = true }, cancellationToken: Cancellation));
    }

    private async Task<AsyncDuplexStreamingCall<SampleRequest, SampleResponse>> OpenAsync(OpenSampler open)
    {
        var sample = System.Replay.Sample(cancellationToken: Cancellation);
        await sample.RequestStream.WriteAsync(new SampleRequest { Open = open }, Cancellation);
        if ((await sample.ResponseHeadersAsync).GetValue("dqn-sampler") == "refused")
        {
            await sample.ResponseStream.MoveNext(Cancellation);
        }

        return sample;
    }
}

/// <summary>ReplayService under many callers at once, under greedy ones, and with tables that are damaged.</summary>
[Trait("Category", "Slow")]
public sealed class ReplayRobustnessTests(TestSystem system) : ReplayCalls(system), IClassFixture<TestSystem>
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task WhileTablesComeAndGo_EveryScrapeIsAnswered()
    {
        using var http = new HttpClient();
        var address = new Uri(System.HttpAddresses["replay"], "/metrics");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var tables = Task.Run(async () =>
        {
            var made = 0;
            for (; !end.IsCancellationRequested; made++)
            {
                await Create($"scraped{made}", priorityExponent: 1);
                await Append($"scraped{made}", [First(), Step(1)], [1, 2]);
                await System.Replay.CloseAsync(new CloseRequest { Table = $"scraped{made}" });
            }

            return made;
        }, Cancellation);
        var scrapes = 0;
        // Ten a second, and more: the exporter answers some from what it has.
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Duration; scrapes++)
        {
            Assert.Contains("target_info", await http.GetStringAsync(address, Cancellation), StringComparison.Ordinal);
            await System.Replay.ListAsync(new ListRequest(), cancellationToken: Cancellation);
        }

        await end.CancelAsync();
        Assert.True(await tables > 10);
        Assert.True(scrapes > 40);
    }

    [Fact]
    public async Task TwelveClientsThatDoEverythingAtOnce_GetStatuses_AndTheServiceGoesOn()
    {
        var statuses = new Dictionary<StatusCode, int>();
        var calls = 0;
        var clients = Enumerable.Range(0, 12).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < Duration;)
            {
                var status = await StatusOf(() => AnyCallAsync(random, $"mixed{random.Next(4)}"));
                lock (statuses)
                {
                    statuses[status] = statuses.GetValueOrDefault(status) + 1;
                    calls++;
                }
            }
        }, Cancellation)).ToArray();

        await Task.WhenAll(clients).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        Assert.DoesNotContain(StatusCode.Unknown, statuses.Keys);
        Assert.DoesNotContain(StatusCode.Internal, statuses.Keys);
        Assert.DoesNotContain(StatusCode.DataLoss, statuses.Keys);
        Assert.True(statuses[StatusCode.OK] > 100, string.Join(", ", statuses));
        await Create("after-the-storm");
        Assert.True(calls > 500);
    }

    [Theory]
    [InlineData("\"element_type\": \"UInt8\"", "\"element_type\": null")]
    [InlineData("\"shape\": [", "\"shape\": null, \"x\": [")]
    [InlineData("\"capacity\": 100", "\"capacity\": 2147483647")]
    public async Task ADamagedTable_IsDataLoss_AndListGoesOn(string from, string to)
    {
        var name = $"damaged{from.Length}{to.Length}";
        await Create(name);
        await System.Replay.CloseAsync(new CloseRequest { Table = name }, cancellationToken: Cancellation);
        var path = Path.Combine(System.RunsDirectory, name, "table.json");
        await File.WriteAllTextAsync(
            path,
            (await File.ReadAllTextAsync(path, Cancellation)).Replace(from, to, StringComparison.Ordinal),
            Cancellation);

        await AssertFails(StatusCode.DataLoss, "table.json does not describe a table", () => Inspect(name));
        await System.Replay.ListAsync(new ListRequest(), cancellationToken: Cancellation);
    }

    [Fact]
    public async Task AClosedTable_AbortsItsStreams_AndADeletedOneIsNotFound()
    {
        foreach (var (name, expected) in new[]
        {
            ("closed-under", StatusCode.Aborted), ("deleted-under", StatusCode.NotFound),
        })
        {
            await Create(name);
            using var sample = System.Replay.Sample(cancellationToken: Cancellation);
            await sample.RequestStream.WriteAsync(
                new SampleRequest { Open = new OpenSampler { Table = name, BatchSize = 1 } }, Cancellation);
            await sample.RequestStream.WriteAsync(
                new SampleRequest { Credit = new SampleCredit { Batches = 1 } }, Cancellation);
            await sample.ResponseHeadersAsync;
            if (expected == StatusCode.Aborted)
            {
                await System.Replay.CloseAsync(new CloseRequest { Table = name }, cancellationToken: Cancellation);
            }
            else
            {
                await System.Replay.DeleteAsync(new DeleteRequest { Table = name }, cancellationToken: Cancellation);
            }

            await AssertFails(expected, name, () => sample.ResponseStream.MoveNext(Cancellation));
        }
    }

    [Fact]
    public async Task CommandsOfALostSession_DoNothingToTheNext()
    {
        var lost = await CreateAsync("fenced");
        await Append("fenced", [First(), Step(1)], [1, 2]);
        await System.Replay.MarkAsync(
            new MarkRequest { Table = "fenced", Mark = "m", Generation = lost }, cancellationToken: Cancellation);
        var next = (await System.Replay.RewindAsync(
            new RewindRequest { Table = "fenced", Mark = "m" }, cancellationToken: Cancellation)).Generation;

        await AssertFails(StatusCode.Aborted, "fenced", async () => await System.Replay.CloseAsync(
            new CloseRequest { Table = "fenced", Generation = lost }));
        await AssertFails(StatusCode.Aborted, "fenced", async () => await System.Replay.MarkAsync(
            new MarkRequest { Table = "fenced", Mark = "m", Generation = lost }));
        await AssertFails(StatusCode.Aborted, "fenced", async () => await System.Replay.DropMarkAsync(
            new DropMarkRequest { Table = "fenced", Mark = "m", Generation = lost }));
        await AssertFails(StatusCode.Aborted, "fenced", async () => await System.Replay.UpdatePrioritiesAsync(
            new UpdatePrioritiesRequest { Table = "fenced", Generation = lost }));
        await AssertFails(StatusCode.Aborted, "fenced", () => SampleOne(
            new OpenSampler { Table = "fenced", BatchSize = 1, Generation = lost }));
        using var append = System.Replay.Append(cancellationToken: Cancellation);
        var late = Request("fenced", [Step(9)], [9]);
        late.Generation = lost;
        await append.RequestStream.WriteAsync(late, Cancellation);
        await AssertFails(StatusCode.Aborted, "fenced", () => append.ResponseStream.MoveNext(Cancellation));

        Assert.Equal(1, (await Inspect("fenced")).Table.Size);
        await System.Replay.CloseAsync(
            new CloseRequest { Table = "fenced", Generation = next }, cancellationToken: Cancellation);
    }

    [Fact]
    public async Task ABatchThatNoBufferCanHold_IsRefusedWithTheLargestPossible()
    {
        await Create("unbounded", capacity: 100_000, maxStack: 64, shape: [12_000]);

        // A column of 2,147,483,591 bytes at most, of 64 x 12,000 bytes a transition.
        await AssertFails(StatusCode.InvalidArgument, "; 2796 is the largest possible", () => SampleOne(
            new OpenSampler { Table = "unbounded", BatchSize = 65536, Stack = 64, WithReplacement = true }));
    }

    [Fact]
    public async Task ABatchLargerThanAMessage_ComesInParts_AndIsTheSame()
    {
        const int Width = 100_000;
        const int Batch = 700;
        using var channel = GrpcChannel.ForAddress(
            $"http://127.0.0.1:{System.ReplayPort}", new GrpcChannelOptions { MaxReceiveMessageSize = 64 << 20 });
        var source = new GrpcReplaySource(new(channel));
        var environment = Environment(Width);
        var spec = new ReplaySpec("parts", 1000, Batch, Seed: 3)
        {
            Sampling = SamplingKind.Prioritized,
            PriorityExponent = 0.5,
        };
        await using var session = await source.CreateAsync(spec, environment, Cancellation);
        await using var local = await new Replay.Local.LocalReplaySource().CreateAsync(spec, environment, Cancellation);
        foreach (var sink in new[] { session, local })
        {
            await sink.BeginEpisodeAsync(0, Observation(0), Cancellation);
            for (var i = 1; i < 100; i++)
            {
                await sink.AppendAsync(0, i, i, StepFlags.None, Observation(i), Cancellation);
            }
        }

        for (var round = 0; round < 2; round++)
        {
            await session.RequestAsync(1, 0.4, Cancellation);
            await local.RequestAsync(1, 0.4, Cancellation);
            var (far, near) = (await session.TakeAsync(Cancellation), await local.TakeAsync(Cancellation));

            // 140 MB.
            Assert.Equal(Batch, far.Count);
            Assert.True(near.States.Span.SequenceEqual(far.States.Span));
            Assert.True(near.NextStates.Span.SequenceEqual(far.NextStates.Span));
            Assert.Equal(near.Records.ToArray(), far.Records.ToArray());
            Assert.Equal(near.Actions.ToArray(), far.Actions.ToArray());
            Assert.Equal(near.Weights.ToArray(), far.Weights.ToArray());
            Assert.Equal(near.Rewards.ToArray(), far.Rewards.ToArray());
            Assert.Equal(near.Discounts.ToArray(), far.Discounts.ToArray());
            Assert.Equal(near.Flags.ToArray(), far.Flags.ToArray());
        }

        static byte[] Observation(int i)
        {
            var bytes = new byte[Width];
            bytes.AsSpan().Fill((byte)i);
            return bytes;
        }
    }

    [Fact]
    public async Task ASessionThatIsRefused_LearnsItBeforeItHasPlayedAStep()
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{System.ReplayPort}");
        var spec = new ReplaySpec("refused-at-once", 100, BatchSize: 101, Seed: 3);

        var error = await Assert.ThrowsAsync<ServiceCallException>(
            () => new GrpcReplaySource(new(channel)).CreateAsync(spec, Environment(4), Cancellation));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("open.batch_size", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsEchoed_IsCut_AndObeyedByNoTerminal()
    {
        foreach (var name in new[] { new string('x', 1_000_000), "a\u001b[31m\r\nb", new string('\u20ac', 5000),
            "a\n" })
        {
            foreach (var call in new Func<Task>[]
            {
                () => Create(name),
                () => Inspect(name),
                async () => await System.Replay.MarkAsync(new MarkRequest { Table = "t", Mark = name }),
                async () => await System.Replay.SnapshotAsync(new SnapshotRequest { Table = "t", Snapshot = name }),
                async () => await System.Replay.RestoreAsync(
                    new RestoreRequest { Table = "t", Snapshot = "s", NewTable = name }),
            })
            {
                var status = (await Assert.ThrowsAsync<RpcException>(call)).Status;
                Assert.NotEqual(StatusCode.Unavailable, status.StatusCode);
                Assert.NotEqual(StatusCode.Internal, status.StatusCode);
                Assert.NotEqual(StatusCode.Unknown, status.StatusCode);
                Assert.InRange(status.Detail.Length, 1, 1500);
                Assert.DoesNotContain(status.Detail, char.IsControl);
            }
        }
    }

    [Theory]
    [InlineData(1L << 62)]
    [InlineData(-1)]
    [InlineData(101)]
    public async Task LimitsOutOfRange_AreNamedWithTheNumberThatWasSent(long minSize)
    {
        await Create($"limits{minSize}");

        await AssertFails(
            StatusCode.InvalidArgument,
            $"limits.min_size: {minSize.ToString(CultureInfo.InvariantCulture)}",
            async () => await System.Replay.LimitsAsync(
                new LimitsRequest { Table = $"limits{minSize}", Limits = new RateLimits { MinSize = minSize } }));
    }

    [Fact]
    public async Task ATableBelowAnother_CannotHaveANameThatTheOtherNeeds()
    {
        await Create("outer");
        foreach (var name in new[] { "outer/mark-q.bin", "outer/frames.bin", "free/frames.bin", "outer.part" })
        {
            await AssertFails(StatusCode.InvalidArgument, "spec.name", () => Create(name));
        }

        await Create("outer/inner");
        await System.Replay.MarkAsync(new MarkRequest { Table = "outer", Mark = "q" }, cancellationToken: Cancellation);
        await Create("free");
    }

    private static EnvironmentInfo Environment(int width) =>
        new("pictures", ObservationSpace.Box(ElementType.UInt8, [width], [0], [255]), 1000, 100);

    private async Task<long> CreateAsync(string name) => (await System.Replay.CreateAsync(
        new CreateRequest
        {
            Spec = new TableSpec
            {
                Name = name,
                ElementType = Contracts.Common.V1.ElementType.Uint8,
                ObservationShape = { 1 },
                Capacity = 100,
                PriorityExponent = 1,
                RewindSteps = 100,
            },
        },
        cancellationToken: Cancellation)).Generation;

    private static async Task<StatusCode> StatusOf(Func<Task> call)
    {
        try
        {
            await call();
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }

    private async Task AnyCallAsync(Random random, string table)
    {
        switch (random.Next(14))
        {
            case 0 or 1: await Create(table, priorityExponent: 0.5); break;
            case 2: await System.Replay.DeleteAsync(new() { Table = table }); break;
            case 3: await System.Replay.CloseAsync(new() { Table = table }); break;
            case 4: await Inspect(table); break;
            case 5 or 6: await Append(table, [First(), Step(1), Step(2)], [1, 2, 3]); break;
            case 7:
                await SampleOne(
                    new OpenSampler { Table = table, BatchSize = 1, WithReplacement = true, FailWhenShort = true });
                break;
            case 8: await System.Replay.ListAsync(new()); break;
            case 9: await System.Replay.MarkAsync(new() { Table = table, Mark = $"m{random.Next(2)}" }); break;
            case 10: await System.Replay.RewindAsync(new() { Table = table, Mark = $"m{random.Next(2)}" }); break;
            case 11: await System.Replay.ResetAsync(new() { Table = table }); break;
            case 12:
                await System.Replay.SnapshotAsync(new() { Table = table, Snapshot = $"s{random.Next(int.MaxValue)}" });
                break;
            case 13: await UpdatePriorities(table, [1], [random.NextSingle()]); break;
        }
    }
}
