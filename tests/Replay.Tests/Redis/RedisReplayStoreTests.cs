using System.Text;
using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay.Engines;
using DqnAspire.Replay.Engines.Files;
using DqnAspire.Replay.Redis;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;
using static DqnAspire.Replay.Tests.Histories;

namespace DqnAspire.Replay.Tests.Redis;

/// <summary>What only tables in Redis do, on a server that works.</summary>
[Trait("Category", "Slow")]
public sealed class RedisReplayStoreTests(RedisEngine redis) : IAsyncLifetime
{
    private static readonly TableSpec Small = new(3, 20) { PriorityExponent = 1 };

    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-redis-copy-").FullName;
    private RedisReplayEngine _tables = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _tables = await redis.ConnectAsync();

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task OfTwoWriters_TheLaterHasTheTable_AndTheEarlierChangesNothing()
    {
        var name = redis.NewName();
        using var earlier = Create(name, Small);
        earlier.Append([First(0), Step(1)], [1, 1, 1, 2, 2, 2]);
        var otherTables = await redis.ConnectAsync();
        using var later = Open(otherTables, name);

        var append = Assert.Throws<ReplayStoreException>(() => earlier.Append([Step(5)], [5, 5, 5]));
        var change = earlier.UpdatePriorities([1], [9]);
        var priorities = await Assert.ThrowsAsync<ReplayStoreException>(
            async () => await earlier.Store.SavePrioritiesAsync(change.Steps, change.Priorities, Cancellation));
        await Assert.ThrowsAsync<ReplayStoreException>(
            async () => await earlier.Store.SaveLimitsAsync(new RateLimits(3, 1, 1), Cancellation));
        later.Append([Step(7)], [7, 7, 7]);

        Assert.Equal((StoreProblem.Taken, StoreProblem.Taken), (append.Problem, priorities.Problem));
        Assert.Contains($"'{name}'", append.Message, StringComparison.Ordinal);
        Assert.Contains("taken over by another ReplayService", append.Message, StringComparison.Ordinal);
        using var again = Open(_tables, name);
        Assert.Equal((3L, 7f), (again.Records, again.Describe(1).Stored.Reward));
        Assert.NotEqual(9, again.Describe(0).Priority);
        Assert.Equal(RateLimits.None, again.Store.Manifest.Limits);
    }

    [Fact]
    public void ATableThatWasDeleted_SaysSo_EvenWhenThereIsANewOneOfItsName()
    {
        var name = redis.NewName();
        using var old = Create(name, Small);
        old.Append([First(0)], [1, 1, 1]);
        Assert.True(_tables.Delete(name));

        var gone = Assert.Throws<ReplayStoreException>(() => old.Append([Step(1)], [2, 2, 2]));
        using var made = Create(name, Small);
        var taken = Assert.Throws<ReplayStoreException>(() => old.Append([Step(1)], [2, 2, 2]));

        Assert.Contains("not in Redis", gone.Message, StringComparison.Ordinal);
        Assert.Contains("taken over", taken.Message, StringComparison.Ordinal);
        Assert.Equal(0, made.Records);
    }

    [Fact]
    public async Task Deleting_LeavesNoKeyBehind()
    {
        var name = redis.NewName();
        using (var table = Create(name, Small))
        {
            await FillAsync(table, 3000);
            var change = table.UpdatePriorities([table.Records - 1], [4]);
            await table.Store.SavePrioritiesAsync(change.Steps, change.Priorities, Cancellation);
        }

        await using var direct = await redis.ConnectDirectlyAsync();
        var server = direct.GetServers()[0];
        Assert.NotEmpty(server.Keys(pattern: $"dqn:replay:*:{name}*"));
        Assert.Contains(name, await _tables.ListAsync(Cancellation));

        Assert.True(_tables.Delete(name));

        Assert.Empty(server.Keys(pattern: $"dqn:replay:*:{name}*"));
        Assert.DoesNotContain(name, await _tables.ListAsync(Cancellation));
        Assert.False(_tables.Delete(name));
        Assert.Throws<ReplayStoreException>(() => _tables.Open(name));
    }

    [Fact]
    public async Task WhatLeavesTheRing_LeavesRedisToo()
    {
        // 2000 bytes of noise a record: a segment is full after 1,024 of them, as the ring has 5,000 places.
        var spec = new TableSpec(2000, 100);
        var name = redis.NewName();
        using var table = Create(name, spec);

        await FillAsync(table, 4 * spec.Slots);

        await using var direct = await redis.ConnectDirectlyAsync();
        var database = direct.GetDatabase();
        var segments = (await database.ListRangeAsync($"dqn:replay:segments:{name}")).Select(s => (long)s).ToList();
        var largest = segments.Zip(segments.Skip(1), (a, b) => b - a).Max();
        Assert.InRange(table.Records - segments[0], spec.Slots, spec.Slots + largest);
        Assert.Equal(segments.Count, direct.GetServers()[0].Keys(pattern: $"dqn:replay:frames:{name}:*").Count());
        Assert.Equal(segments.Count, direct.GetServers()[0].Keys(pattern: $"dqn:replay:index:{name}:*").Count());
    }

    [Fact]
    public async Task FramesOfAGame_AreCompressed_AndNoiseIsLeftAsItIs()
    {
        var name = redis.NewName();
        using var table = Create(name, new TableSpec(7056, 100));
        var frame = new byte[7056];
        frame.AsSpan(1000, 60).Fill(200);
        table.Append([First(0)], frame);
        var noise = new byte[7056];
        new Random(1).NextBytes(noise);
        table.Append([Step(1)], noise);

        await using var direct = await redis.ConnectDirectlyAsync();
        var index = (byte[])(await direct.GetDatabase().StringGetAsync($"dqn:replay:index:{name}:0"))!;

        Assert.InRange(BitConverter.ToInt32(index, StoredRecord.Bytes), 10, 200);
        Assert.Equal(7056, BitConverter.ToInt32(index, (2 * StoredRecord.Bytes) + sizeof(int)));
        Assert.InRange((double)_tables.Traffic.SentObservationBytes / _tables.Traffic.SentBytes, 1.9, 2.1);
    }

    [Fact]
    public async Task ABatch_CostsOneRoundTrip_WhenNothingIsHere_AndNone_WhenAllIs()
    {
        var name = redis.NewName();
        using (var table = Create(name, new TableSpec(100, 2000) { MaxStack = 4 }))
        {
            await FillAsync(table, 3000);
        }

        using var cold = Open(_tables, name);
        var batch = new TransitionBuffer(32, 100, new TransitionSpec { Stack = 4 });
        var view = new TransitionView(cold, new TransitionSpec { Stack = 4 });
        new UniformSampler(new Pcg64(1)).Sample(view, batch.Indices, batch.Weights);
        var before = _tables.Traffic.RoundTrips;

        view.Read(batch.Indices, batch);
        Assert.Equal(before + 1, _tables.Traffic.RoundTrips);
        var first = batch.Observations.ToArray();

        view.Read(batch.Indices, batch);
        Assert.Equal(before + 1, _tables.Traffic.RoundTrips);
        Assert.Equal(first, batch.Observations);
        Assert.Equal(2 * 32 * 8, cold.Store.CacheUse.Reads);
        Assert.Equal(32 * 8, cold.Store.CacheUse.Hits);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("-0")]
    [InlineData("007")]
    [InlineData("1.50")]
    [InlineData("-inf")]
    [InlineData("123456789012")]
    [InlineData("+123456789012")]
    [InlineData("0.12345678901200")]
    public async Task AnObservationThatReadsLikeANumber_IsReadAsItWasWritten(string text)
    {
        // The client keeps numbers as numbers.
        var observation = Encoding.ASCII.GetBytes(text);
        var uncached = await redis.ConnectAsync(cacheBytes: 0);
        var spec = new TableSpec(observation.Length, 10);
        using var table = uncached.Create(redis.NewName(), spec);
        table.Append([First(0)], observation);

        var read = new byte[observation.Length];
        table.Store.Read(0, read);

        Assert.Equal(text, Encoding.ASCII.GetString(read));
        Assert.Equal(0, table.Store.CacheUse.Hits);
    }

    [Theory]
    [InlineData("format", "2", "is of format 2; this program reads format 1")]
    [InlineData("manifest", "{}", "does not describe a table")]
    public async Task ATableOfAnotherKind_IsNamed_AndLeftAsItIs(string field, string value, string message)
    {
        var name = redis.NewName();
        Create(name, Small).Dispose();
        await using var direct = await redis.ConnectDirectlyAsync();
        var database = direct.GetDatabase();
        await database.HashSetAsync($"dqn:replay:table:{name}", field, value);
        var epoch = await database.HashGetAsync($"dqn:replay:table:{name}", "epoch");

        var error = Assert.Throws<ReplayStoreException>(() => _tables.Open(name));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        if (field == "format")
        {
            Assert.Equal(epoch, await database.HashGetAsync($"dqn:replay:table:{name}", "epoch"));
        }
    }

    [Fact]
    public async Task AKeyThatIsNoTables_IsLeftAsItIs()
    {
        var name = redis.NewName();
        await using var direct = await redis.ConnectDirectlyAsync();
        await direct.GetDatabase().StringSetAsync($"dqn:replay:table:{name}", "mine");

        var error = Assert.Throws<ReplayStoreException>(() => _tables.Open(name));

        Assert.Contains("no table's", error.Message, StringComparison.Ordinal);
        Assert.Throws<ReplayStoreException>(() => Create(name, Small));
        Assert.Equal("mine", await direct.GetDatabase().StringGetAsync($"dqn:replay:table:{name}"));
    }

    [Theory]
    [InlineData("index")]
    [InlineData("frames")]
    public async Task AKeyThatIsMissing_IsNamed(string kind)
    {
        var name = redis.NewName();
        using (var table = Create(name, new TableSpec(100, 50)))
        {
            await FillAsync(table, 10);
        }

        await using var direct = await redis.ConnectDirectlyAsync();
        await direct.GetDatabase().KeyDeleteAsync($"dqn:replay:{kind}:{name}:0");

        var error = Assert.Throws<ReplayStoreException>(() => Open(_tables, name));

        Assert.Contains($"dqn:replay:{kind}:{name}:0", error.Message, StringComparison.Ordinal);
        Assert.Equal(StoreProblem.Damaged, error.Problem);
    }

    [Fact]
    public async Task AnObservationThatWasChanged_IsNotHandedOut()
    {
        var name = redis.NewName();
        using (var table = Create(name, new TableSpec(100, 50)))
        {
            await FillAsync(table, 10);
        }

        await using var direct = await redis.ConnectDirectlyAsync();
        await direct.GetDatabase().StringSetRangeAsync($"dqn:replay:frames:{name}:0", 450, "!");
        using var again = Open(_tables, name);

        var error = Assert.Throws<ReplayStoreException>(() => again.Store.Read(4, new byte[100]));

        Assert.Contains("Record 4", error.Message, StringComparison.Ordinal);
        again.Store.Read(5, new byte[100]);
    }

    [Fact]
    public async Task ACopy_IsTheTableOfItsMoment_WhileAppendsGoOn_AndCanBeTakenIn()
    {
        var spec = new TableSpec(5000, 300) { MaxStack = 2, PriorityExponent = 0.5 };
        var naive = new NaiveTable(spec.Capacity);
        var name = redis.NewName();
        using var table = Create(name, spec);
        foreach (var block in Random(new Pcg64(9), lanes: 2, records: spec.Slots + 5000, width: 5000))
        {
            Append(table, naive, block);
        }

        var change = table.UpdatePriorities([table.Describe(200).Record], [9]);
        await table.Store.SavePrioritiesAsync(change.Steps, change.Priorities, Cancellation);
        table.Store.Sampled = 5;
        var records = table.Records;
        var directory = Path.Combine(_folder, "copy");
        var copy = table.Store.BeginCopy(directory)!;
        Assert.Throws<ReplayStoreException>(() => table.Store.BeginCopy(directory + "2"));
        // More than a whole ring: what the copy needs stays until it has it.
        foreach (var block in Random(new Pcg64(10), lanes: 2, records: spec.Slots + 5000, width: 5000))
        {
            table.Append([.. block.Select(r => r.Record)], [.. block.SelectMany(r => r.Observation)]);
        }

        await copy.RunAsync(Cancellation);

        Assert.Equal(records, copy.End);
        var view = new TransitionSpec { Stack = 2, Steps = 2 };
        using (var copied = Blocking.Open(FileReplayStore.Open(directory, new FileStoreOptions())))
        {
            Assert.Equal((records, 9f, 5L), (copied.Records, copied.Describe(200).Priority, copied.Store.Sampled));
            AssertSame(naive, copied, view);
        }

        var newName = redis.NewName();
        using (var source = FileReplayStore.Open(directory, new FileStoreOptions()))
        {
            await ((IReplayEngine)_tables).ImportAsync(newName, source, Cancellation);
        }

        using var taken = Open(_tables, newName);
        Assert.Equal((records, 9f, 5L, 9f), (
            taken.Records, taken.Describe(200).Priority, taken.Store.Sampled, taken.Store.MaxPriority));
        AssertSame(naive, taken, view);
        // And the next copy may begin.
        await table.Store.BeginCopy(Path.Combine(_folder, "next"))!.RunAsync(Cancellation);
    }

    [Fact]
    public async Task ACopyOfATableThatIsClosed_FailsAndIsNoTable()
    {
        var table = Create(redis.NewName(), new TableSpec(3, 20));
        await FillAsync(table, 10);
        var copy = table.Store.BeginCopy(Path.Combine(_folder, "closed"))!;

        table.Dispose();

        await Assert.ThrowsAsync<ReplayStoreException>(() => copy.RunAsync(Cancellation));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    private static StepRecord Step(float reward) => new(0, 1, reward, StepFlags.None);

    private static async Task FillAsync(ReplayTable table, int records)
    {
        var noise = new byte[100 * table.Spec.ObservationBytes];
        new Random(3).NextBytes(noise);
        for (var done = 0; done < records; done += 100)
        {
            var count = Math.Min(100, records - done);
            StepRecord[] block = [.. Enumerable.Range(done, count).Select(i => i == 0 ? First(0) : Step(i))];
            await table.AppendAsync(block, noise.AsMemory(0, count * table.Spec.ObservationBytes), Cancellation);
        }
    }

    private static ReplayTable Open(RedisReplayEngine tables, string name) => tables.Open(name);

    private ReplayTable Create(string name, TableSpec spec) => _tables.Create(name, spec);
}
