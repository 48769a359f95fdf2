using System.Runtime.InteropServices;
using DqnAspire.Contracts.Common.V1;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Replay;
using DqnAspire.Replay.Engines;
using DqnAspire.Replay.Engines.Files;
using DqnAspire.Replay.Sharing;
using DqnAspire.Replay.Storage;
using DqnAspire.TestSupport;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using RateLimits = DqnAspire.Replay.Sampling.RateLimits;
using ReplayClient = DqnAspire.Contracts.Replay.V1.ReplayService.ReplayServiceClient;
using TableSpec = DqnAspire.Contracts.Replay.V1.TableSpec;

namespace DqnAspire.Services.Tests;

/// <summary>
/// Every call of ReplayService, over an engine that throws whatever the library, the platform or an engine from
/// elsewhere can throw: each has a status that says something, and one line.
/// </summary>
[Trait("Category", "Slow")]
public sealed class ReplayErrorTests : IAsyncLifetime
{
#pragma warning disable CA2201 // What the runtime throws, a faulty engine throws.
    private static readonly Exception[] Exceptions =
    [
        .. Enum.GetValues<StoreProblem>().Select(problem => new ReplayStoreException($"Store: {problem}.", problem)),
        new ReplayMarkException("mark"), new ReplayMarkException("mark", isUnknown: true),
        new ReplayRecordException("record"), new TableClosedException("x"), new TableClosedException("x", true),
        new TableRewoundException("x"), new TableExistsException("x"), new MemoryLimitException("x", 2, 0, 1),
        new NoSnapshotsException("x"), new IOException("io\nsecond line"), new FileNotFoundException("file"),
        new UnauthorizedAccessException("access"), new ObjectDisposedException("store"), new OutOfMemoryException(),
        new OverflowException(), new ArgumentOutOfRangeException("x"), new ArgumentException("argument"),
        new InvalidOperationException("operation"), new NotSupportedException("unsupported"),
        new TimeoutException("late"), new TaskCanceledException("cancelled"), new NullReferenceException(),
        new IndexOutOfRangeException(), new KeyNotFoundException(), new FormatException(), new InvalidDataException(),
        new InvalidCastException(), new DivideByZeroException(), new AggregateException(new IOException("inner")),
    ];
#pragma warning restore CA2201

    private static readonly TableManifest Manifest = new(
        new DqnAspire.Replay.TableSpec(4, 10), DqnAspire.Core.ElementType.UInt8, [2, 2], RateLimits.None);

    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-errors-").FullName;
    private readonly Engine _engine = new();
    private WebApplication _service = null!;
    private GrpcChannel _channel = null!;
    private ReplayClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> EveryCall()
    {
        string[] engine = [nameof(IReplayEngine.ContainsAsync)];
        var calls = new TheoryData<string, string>();
        foreach (var (call, methods) in new (string Call, string[] Methods)[]
        {
            ("Create", [.. engine, nameof(IReplayEngine.CreateAsync), nameof(IReplayStore.RecoverAsync)]),
            ("Describe", [.. engine, nameof(IReplayEngine.OpenAsync), nameof(IReplayStore.RecoverAsync)]),
            ("Reset", [nameof(IReplayEngine.CreateAsync), nameof(IReplayEngine.DeleteAsync)]),
            ("Delete", [nameof(IReplayEngine.DeleteAsync)]),
            ("Close", [nameof(IReplayStore.Dispose)]),
            ("Append", [.. engine, nameof(IReplayStore.AppendAsync)]),
            ("Sample", [.. engine, nameof(IReplayStore.ReadAsync), nameof(IReplayStore.Sampled)]),
            ("UpdatePriorities", [nameof(IReplayStore.SavePrioritiesAsync), nameof(IReplayStore.MaxPriority)]),
            ("Inspect", [nameof(IReplayStore.ReadAsync)]),
            ("Limits", [nameof(IReplayStore.SaveLimitsAsync)]),
            ("Snapshot", [nameof(IReplayStore.BeginCopy)]),
            ("Restore", [.. engine, nameof(IReplayEngine.CreateAsync), nameof(IReplayEngine.OpenAsync)]),
            ("Mark", [nameof(IReplayStore.SaveMarkAsync)]),
            ("Rewind", [nameof(IReplayStore.LoadMarkAsync), nameof(IReplayStore.RewindAsync)]),
            ("ListMarks", [nameof(IReplayStore.ListMarksAsync)]),
            ("DropMark", [nameof(IReplayStore.DropMarkAsync)]),
        })
        {
            foreach (var method in methods)
            {
                calls.Add(call, method);
            }
        }

        return calls;
    }

    [Theory]
    [MemberData(nameof(EveryCall))]
    public async Task WhateverTheLibraryThrows_HasAStatusAndALine(string call, string method)
    {
        for (var i = 0; i < Exceptions.Length; i++)
        {
            var name = $"t{i}";
            if (call != "Create")
            {
                await CreateAsync(name);
                await FillAsync(name);
                if (method is nameof(IReplayEngine.ContainsAsync) or nameof(IReplayEngine.OpenAsync)
                    or nameof(IReplayStore.RecoverAsync))
                {
                    await _client.CloseAsync(new CloseRequest { Table = name }, cancellationToken: Cancellation);
                }
            }

            if (call == "Restore")
            {
                // Snapshots are tables in files, whichever engine tables have.
                FileReplayStore.Create(
                    Path.Combine(_folder, $"{name}.snapshots", "s"), Manifest, new FileStoreOptions()).Dispose();
            }

            _engine.Failure = m => m == method ? Exceptions[i] : null;
            var exception = await Record.ExceptionAsync(() => CallAsync(call, name));
            _engine.Failure = _ => null;

            // What a table that cannot be looked at says is not worth an error.
            if (exception is null)
            {
                continue;
            }

            var status = Assert.IsType<RpcException>(exception).Status;
            Assert.NotEqual(StatusCode.Unknown, status.StatusCode);
            Assert.NotEqual("", status.Detail);
            Assert.DoesNotContain("Exception was thrown by handler", status.Detail, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', status.Detail);
            Assert.Equal(Expected(Exceptions[i]) ?? status.StatusCode, status.StatusCode);
            // The service goes on.
            await _client.ListAsync(new ListRequest(), cancellationToken: Cancellation);
        }
    }

    [Fact]
    public async Task ATableThatCannotTellItsCounts_IsListedAllTheSame()
    {
        await CreateAsync("dumb");
        await CreateAsync("other");
        _engine.Failure = m => m is nameof(IReplayStore.Sampled) or nameof(IReplayStore.CacheUse)
            ? new ObjectDisposedException("store")
            : null;

        var listed = await _client.ListAsync(new ListRequest(), cancellationToken: Cancellation);

        Assert.Equal(["dumb", "other"], listed.Tables.Select(t => t.Spec.Name));
    }

    public async ValueTask InitializeAsync()
    {
        _service = ReplayService.Application.Build(
            [
                $"--Kestrel:Endpoints:grpc:Url=http://127.0.0.1:{TestPorts.Next()}",
                "--Kestrel:Endpoints:http:Url=http://127.0.0.1:0", "--Logging:LogLevel:Default=None",
                "--Replay:Engine=failing", $"--Replay:DataDirectory={_folder}",
            ],
            engines => engines.Add("failing", _ => _engine));
        await _service.StartAsync(Cancellation);
        _channel = GrpcChannel.ForAddress(_service.Urls.First());
        _client = new ReplayClient(_channel);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static StatusCode? Expected(Exception exception) => exception switch
    {
        ReplayStoreException { Problem: StoreProblem.Damaged } => StatusCode.DataLoss,
        ReplayStoreException { Problem: StoreProblem.Refused } => StatusCode.FailedPrecondition,
        ReplayStoreException { Problem: StoreProblem.Full } => StatusCode.ResourceExhausted,
        ReplayStoreException { Problem: StoreProblem.Away } => StatusCode.Unavailable,
        ReplayStoreException { Problem: StoreProblem.Taken } => StatusCode.Aborted,
        NullReferenceException => StatusCode.Internal,
        OutOfMemoryException => StatusCode.ResourceExhausted,
        _ => null,
    };

    private async Task CallAsync(string call, string table)
    {
        switch (call)
        {
            case "Create": await CreateAsync(table); break;
            case "Describe": await _client.DescribeAsync(new() { Table = table }); break;
            case "Reset": await _client.ResetAsync(new() { Table = table }); break;
            case "Delete": await _client.DeleteAsync(new() { Table = table }); break;
            case "Close": await _client.CloseAsync(new() { Table = table }); break;
            case "Append": await FillAsync(table); break;
            case "Sample": await SampleAsync(table); break;
            case "UpdatePriorities": await UpdateAsync(table); break;
            case "Inspect": await _client.InspectAsync(new() { Table = table, Count = 1, Pictures = true }); break;
            case "Limits": await _client.LimitsAsync(new() { Table = table, Limits = new() }); break;
            case "Snapshot": await _client.SnapshotAsync(new() { Table = table, Snapshot = "s" }); break;
            case "Restore":
                await _client.RestoreAsync(new() { Table = table, Snapshot = "s", NewTable = $"{table}-new" });
                break;
            case "Mark": await _client.MarkAsync(new() { Table = table, Mark = "m" }); break;
            case "Rewind": await _client.RewindAsync(new() { Table = table, Mark = "first" }); break;
            case "ListMarks": await _client.ListMarksAsync(new() { Table = table }); break;
            case "DropMark": await _client.DropMarkAsync(new() { Table = table, Mark = "first" }); break;
        }
    }

    private async Task CreateAsync(string name) => await _client.CreateAsync(new CreateRequest
    {
        Spec = new TableSpec
        {
            Name = name,
            ElementType = ElementType.Uint8,
            ObservationShape = { 2, 2 },
            Capacity = 10,
            PriorityExponent = 1,
            RewindSteps = 10,
        },
    });

    private async Task FillAsync(string table)
    {
        using var append = _client.Append(cancellationToken: Cancellation);
        var steps = new StepBlock
        {
            Lanes = { 0, 0 },
            Actions = { -1, 1 },
            Rewards = { 0, 1 },
            Flags = ByteString.CopyFrom(4, 0),
            Observations = ByteString.CopyFrom(new byte[8]),
        };
        try
        {
            await append.RequestStream.WriteAsync(new AppendRequest { Table = table, Steps = steps }, Cancellation);
            await append.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is InvalidOperationException or RpcException)
        {
            // The call has ended; why is what the reading end says.
        }

        while (await append.ResponseStream.MoveNext(Cancellation))
        {
        }
    }

    private async Task SampleAsync(string table)
    {
        using var sample = _client.Sample(cancellationToken: Cancellation);
        var open = new OpenSampler { Table = table, BatchSize = 1, Seed = 1 };
        try
        {
            await sample.RequestStream.WriteAsync(new SampleRequest { Open = open }, Cancellation);
            await sample.RequestStream.WriteAsync(
                new SampleRequest { Credit = new SampleCredit { Batches = 1 } }, Cancellation);
        }
        catch (Exception e) when (e is InvalidOperationException or RpcException)
        {
            // The call has ended; why is what the reading end says.
        }

        await sample.ResponseStream.MoveNext(Cancellation);
    }

    private async Task UpdateAsync(string table) => await _client.UpdatePrioritiesAsync(new UpdatePrioritiesRequest
    {
        Table = table,
        Records = ByteString.CopyFrom(MemoryMarshal.AsBytes<long>(new[] { 1L })),
        Priorities = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(new[] { 2f })),
    });

    /// <summary>Tables that stay when they are closed, and fail as a test wants.</summary>
    private sealed class Engine : IReplayEngine
    {
        private readonly Dictionary<string, FailingStore> _tables = [];

        public Func<string, Exception?> Failure { get; set; } = _ => null;

        public long MaxMemoryBytes(DqnAspire.Replay.TableSpec spec) => 1;

        public ValueTask<bool> ContainsAsync(string name, CancellationToken cancellationToken)
        {
            Fail(nameof(ContainsAsync));
            return ValueTask.FromResult(_tables.ContainsKey(name));
        }

        public async ValueTask<IReplayStore> CreateAsync(
            string name, TableManifest manifest, CancellationToken cancellationToken)
        {
            Fail(nameof(CreateAsync));
            var store = new FailingStore(manifest, method => Failure(method));
            var mark = new ReplayTableMark(manifest);
            await store.SaveMarkAsync("first", await mark.BytesAsync(cancellationToken), cancellationToken);
            return _tables[name] = store;
        }

        public ValueTask<IReplayStore> OpenAsync(string name, CancellationToken cancellationToken)
        {
            Fail(nameof(OpenAsync));
            return ValueTask.FromResult<IReplayStore>(_tables[name]);
        }

        public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken)
        {
            Fail(nameof(DeleteAsync));
            return ValueTask.FromResult(_tables.Remove(name));
        }

        private void Fail(string method)
        {
            if (Failure(method) is { } exception)
            {
                throw exception;
            }
        }
    }

    /// <summary>The mark of an empty table.</summary>
    private sealed class ReplayTableMark(TableManifest manifest)
    {
        public async Task<byte[]> BytesAsync(CancellationToken cancellationToken)
        {
            var store = new FailingStore(manifest, _ => null);
            var table = await ReplayTable.OpenAsync(store, cancellationToken);
            await table.Marks.SaveAsync("m", cancellationToken);
            return (await store.LoadMarkAsync("m", cancellationToken))!;
        }
    }
}
