using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay.Engines;
using DqnAspire.Replay.Engines.Files;
using DqnAspire.Replay.Engines.Memory;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Sharing;
using DqnAspire.Replay.Storage;
using DqnAspire.TestSupport;

namespace DqnAspire.Replay.Tests.Sharing;

/// <summary>Tables by name while the engine is slow, fails, or memory is scarce.</summary>
public sealed class TableRegistryTests
{
    private static readonly TableManifest Manifest = Blocking.Manifest(new TableSpec(1, 10));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhileTheEngineDoesNotAnswerForOneTable_OthersGoOn_AndWhoIsGoneWaitsNoMore()
    {
        var stall = new TaskCompletionSource();
        await using var registry = Registry(new Engine { Before = name => name == "stalled" ? stall.Task : null });
        using var impatient = new CancellationTokenSource();

        var stalled = Enumerable.Range(0, 60).Select(_ => registry.FindAsync("stalled", Cancellation).AsTask())
            .ToArray();
        var leaving = registry.DeleteAsync("stalled", impatient.Token);
        await registry.CreateAsync("other", Manifest, Cancellation);
        Assert.NotNull(await registry.FindAsync("other", Cancellation));
        Assert.Null(await registry.FindAsync("unknown", Cancellation));
        Assert.Equal(["other"], registry.All.Select(t => t.Name));
        Assert.True(await registry.CloseAsync("other", cancellationToken: Cancellation));
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);

        Assert.All(stalled, find => Assert.False(find.IsCompleted));
        stall.SetResult();
        Assert.All(await Task.WhenAll(stalled), Assert.Null);
    }

    [Fact]
    public async Task ALateCloseOfALostSession_DoesNotCloseTheTableOfTheNext()
    {
        await using var registry = Registry(new Engine());
        var lost = (await registry.CreateAsync("t", Manifest, Cancellation)).Generation;
        await registry.DeleteAsync("t", Cancellation);
        var table = await registry.CreateAsync("t", Manifest, Cancellation);

        await Assert.ThrowsAsync<TableRewoundException>(() => registry.CloseAsync("t", lost, Cancellation));
        Assert.Same(table, await registry.FindAsync("t", Cancellation));
        Assert.Throws<TableRewoundException>(() => table.OpenWriter(lost));
        Assert.Throws<TableRewoundException>(
            () => table.OpenSampler(new UniformSampler(new Pcg64(1)), new TransitionSpec(), 1, lost));
        await Assert.ThrowsAsync<TableRewoundException>(() => table.Marks.SaveAsync("m", 0, Cancellation, lost));
        await Assert.ThrowsAsync<TableRewoundException>(() => table.Marks.DropAsync("m", Cancellation, lost));

        var own = table.Generation;
        await table.Marks.SaveAsync("m", 0, Cancellation, own);
        var (_, next) = await table.Marks.RewindAsync("m", Cancellation);
        Assert.NotEqual(own, next);
        await Assert.ThrowsAsync<TableRewoundException>(() => registry.CloseAsync("t", own, Cancellation));
        Assert.True(await registry.CloseAsync("t", next, Cancellation));
    }

    [Fact]
    public async Task ThoseWhoUseATable_AreToldWhetherItWasClosedOrDeleted()
    {
        await using var registry = Registry(new Engine());
        var closed = (await registry.CreateAsync("closed", Manifest, Cancellation)).OpenWriter();
        var deleted = (await registry.CreateAsync("deleted", Manifest, Cancellation)).OpenWriter();
        await registry.CloseAsync("closed", cancellationToken: Cancellation);
        await registry.DeleteAsync("deleted", Cancellation);

        Assert.False((await AppendFails(closed)).IsDeleted);
        Assert.True((await AppendFails(deleted)).IsDeleted);

        static Task<TableClosedException> AppendFails(TableWriter writer) =>
            Assert.ThrowsAsync<TableClosedException>(
                () => writer.AppendAsync(new[] { Histories.First(0) }, new byte[1], Cancellation).AsTask());
    }

    [Fact]
    public async Task WhatTablesMayTake_IsReserved_AlsoWhenAStoredOneIsOpened_AndGivenBack()
    {
        var folder = Directory.CreateTempSubdirectory("dqn-registry-").FullName;
        try
        {
            var engine = new FileReplayEngine(folder, new FileStoreOptions { ResidentBytes = 1 << 20 });
            var one = engine.MaxMemoryBytes(Manifest.Spec);
            await using var registry = Registry(engine, (2 * one) + 1, folder);
            foreach (var name in new[] { "a", "b", "c" })
            {
                await registry.CreateAsync(name, Manifest, Cancellation);
                await registry.CloseAsync(name, cancellationToken: Cancellation);
            }

            Assert.Equal(0, registry.Memory.Taken);
            var a = (await registry.FindAsync("a", Cancellation))!;
            await registry.FindAsync("b", Cancellation);
            var error = await Assert.ThrowsAsync<MemoryLimitException>(
                () => registry.FindAsync("c", Cancellation).AsTask());
            Assert.Contains($"{one:N0}", error.Message, StringComparison.Ordinal);
            Assert.Contains($"{(2 * one) + 1:N0}", error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<MemoryLimitException>(() => registry.CreateAsync("d", Manifest, Cancellation));
            Assert.False(Directory.Exists(Path.Combine(folder, "d")));
            await registry.SnapshotAsync(a, "s", Cancellation);
            await Assert.ThrowsAsync<MemoryLimitException>(() => registry.RestoreAsync("a", "s", "e", Cancellation));
            Assert.False(engine.Contains("e"));

            await registry.CloseAsync("a", cancellationToken: Cancellation);
            Assert.NotNull(await registry.RestoreAsync("a", "s", "e", Cancellation));
            Assert.Equal(2 * one, registry.Memory.Taken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task ATableThatIsMadeAndCannotBeOpened_IsNotThere_AndTakesNothing()
    {
        var engine = new Engine { Recovers = false };
        await using var registry = Registry(engine);

        await Assert.ThrowsAsync<ReplayStoreException>(() => registry.CreateAsync("t", Manifest, Cancellation));

        Assert.Equal(["t"], engine.Deleted);
        Assert.Equal(0, registry.Memory.Taken);
        Assert.Empty(registry.All);
    }

    [Fact]
    public async Task AResetThatFailsInTheMiddle_LeavesAClosedTable_WhoseStatusCanBeRead()
    {
        var engine = new Engine();
        await using var registry = Registry(engine);
        var table = await registry.CreateAsync("t", Manifest, Cancellation);
        engine.Fails = true;

        await Assert.ThrowsAsync<ReplayStoreException>(() => table.ResetAsync(Cancellation));

        Assert.Equal(0, table.Status.ObservationBytes);
        Assert.Empty(registry.All);
        Assert.Equal(0, registry.Memory.Taken);
        await Assert.ThrowsAsync<TableClosedException>(() => table.ResetAsync(Cancellation));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a/b.c-d_e", true)]
    [InlineData("a\n", false)]
    [InlineData("a/b\n", false)]
    [InlineData("a/../b", false)]
    [InlineData("a//b", false)]
    [InlineData("/a", false)]
    [InlineData("a/mark-q.bin", false)]
    [InlineData("a/frames.bin", false)]
    [InlineData("a/Frames.BIN/b", false)]
    [InlineData("table.json", false)]
    [InlineData("a/state.bin", false)]
    [InlineData("a/rewind.bin", false)]
    [InlineData("a/records-1.log", false)]
    [InlineData("a.part", false)]
    [InlineData("a.part/b", false)]
    [InlineData("a.snapshots/b", false)]
    public void Names(string name, bool isName) => Assert.Equal(isName, TableRegistry.IsName(name));

    [Theory]
    [InlineData("a", true)]
    [InlineData("a\n", false)]
    [InlineData("", false)]
    public void MarkNames(string name, bool isName) => Assert.Equal(isName, TableMark.IsName(name));

    private static TableRegistry Registry(IReplayEngine engine, long memory = 1 << 30, string? snapshots = null) =>
        new(engine, new TableRegistryOptions(memory, snapshots, new FileStoreOptions()), new Nobody());

    /// <summary>Tables in memory, of an engine that a test slows down or breaks.</summary>
    private sealed class Engine : IReplayEngine
    {
        private readonly MemoryReplayEngine _memory = new();

        public Func<string, Task?> Before { get; init; } = _ => null;

        public bool Recovers { get; init; } = true;

        public bool Fails { get; set; }

        public List<string> Deleted { get; } = [];

        public long MaxMemoryBytes(TableSpec spec) => _memory.MaxMemoryBytes(spec);

        public async ValueTask<bool> ContainsAsync(string name, CancellationToken cancellationToken)
        {
            await (Before(name)?.WaitAsync(cancellationToken) ?? Task.CompletedTask);
            return false;
        }

        public ValueTask<IReplayStore> CreateAsync(
            string name, TableManifest manifest, CancellationToken cancellationToken)
        {
            if (Fails)
            {
                throw new ReplayStoreException("No room.", StoreProblem.Full);
            }

            return Recovers
                ? _memory.CreateAsync(name, manifest, cancellationToken)
                : ValueTask.FromResult<IReplayStore>(new FailingStore(
                    manifest,
                    method => method == nameof(IReplayStore.RecoverAsync)
                        ? new ReplayStoreException("Unreadable.", StoreProblem.Full)
                        : null));
        }

        public ValueTask<IReplayStore> OpenAsync(string name, CancellationToken cancellationToken) =>
            _memory.OpenAsync(name, cancellationToken);

        public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken)
        {
            Deleted.Add(name);
            return _memory.DeleteAsync(name, cancellationToken);
        }
    }

    private sealed class Nobody : ITableObserver
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
