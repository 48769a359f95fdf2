using System.Diagnostics;
using DqnAspire.Contracts;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Core;
using DqnAspire.Core.Pictures;
using DqnAspire.Replay;
using DqnAspire.Replay.Sharing;
using Grpc.Core;
using static DqnAspire.ReplayService.ReplayErrors;
using static DqnAspire.ReplayService.ReplayMessages;
using ElementType = DqnAspire.Core.ElementType;

namespace DqnAspire.ReplayService;

/// <summary>The experience store over gRPC: validates, calls a <see cref="SharedTable"/>, maps to messages.</summary>
public sealed partial class ReplayGrpcService(
    TableRegistry tables, ReplayMetrics metrics, ILogger<ReplayGrpcService> logger)
    : Contracts.Replay.V1.ReplayService.ReplayServiceBase
{
    /// <inheritdoc/>
    public override Task<CreateResponse> Create(CreateRequest request, ServerCallContext context) => Guard(async () =>
    {
        var spec = request.Spec ?? throw Invalid("spec: missing.");
        var table = await tables.CreateAsync(spec.Name, ToManifest(spec), context.CancellationToken);
        return new CreateResponse { Generation = table.Generation };
    }, context);

    /// <inheritdoc/>
    public override Task<DescribeResponse> Describe(
        DescribeRequest request, ServerCallContext context) => Guard(async () =>
        ReplayMessages.Describe(await FindAsync(request.Table, context)), context);

    /// <inheritdoc/>
    public override Task<ListResponse> List(ListRequest request, ServerCallContext context) => Guard(
        () => Task.FromResult(new ListResponse { Tables = { tables.All.Select(ReplayMessages.Describe) } }), context);

    /// <inheritdoc/>
    public override Task<ResetResponse> Reset(ResetRequest request, ServerCallContext context) => Guard(async () =>
    {
        await (await FindAsync(request.Table, context)).ResetAsync(context.CancellationToken);
        return new ResetResponse();
    }, context);

    /// <inheritdoc/>
    public override Task<DeleteResponse> Delete(DeleteRequest request, ServerCallContext context) => Guard(async () =>
        await tables.DeleteAsync(request.Table, context.CancellationToken)
            ? new DeleteResponse()
            : throw Unknown(request.Table), context);

    /// <inheritdoc/>
    public override Task<CloseResponse> Close(CloseRequest request, ServerCallContext context) => Guard(async () =>
        await tables.CloseAsync(request.Table, request.Generation, context.CancellationToken)
            ? new CloseResponse()
            : throw Error(StatusCode.NotFound, $"table: {request.Table.Quote()} is not open."), context);

    /// <inheritdoc/>
    public override Task Append(
        IAsyncStreamReader<AppendRequest> requestStream,
        IServerStreamWriter<AppendResponse> responseStream,
        ServerCallContext context) => Guard(async () =>
    {
        SharedTable? table = null;
        TableWriter? writer = null;
        var records = Array.Empty<StepRecord>();
        var response = new AppendResponse();
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            var request = requestStream.Current;
            if (table is null || (request.Table.Length > 0 && request.Table != table.Name))
            {
                table = table is null
                    ? await FindAsync(request.Table, context)
                    : throw Invalid($"table: this stream appends to '{table.Name}', not to {request.Table.Quote()}.");
                writer = table.OpenWriter(request.Generation);
            }

            var steps = request.Steps ?? throw Invalid("steps: missing.");
            var count = ToRecords(steps, ref records);
            var arrived = Stopwatch.GetTimestamp();
            response.DurableRecords = await writer!.AppendAsync(
                records.AsMemory(0, count), steps.Observations.Memory, context.CancellationToken);
            metrics.Acknowledged(table.Name, Stopwatch.GetElapsedTime(arrived));
            await responseStream.WriteAsync(response, context.CancellationToken);
        }

        return true;
    }, context, isStream: true, "steps.");

    /// <inheritdoc/>
    public override async Task Sample(
        IAsyncStreamReader<SampleRequest> requestStream,
        IServerStreamWriter<SampleResponse> responseStream,
        ServerCallContext context)
    {
        try
        {
            await Guard(async () =>
            {
                if (await requestStream.MoveNext(context.CancellationToken))
                {
                    var open = requestStream.Current.Open
                        ?? throw Invalid("open: a sampler's first request opens it.");
                    var table = await FindAsync(open.Table, context);
                    using var call = new SampleCall(table, open, tables.Memory, metrics);
                    await call.RunAsync(requestStream, responseStream, context);
                }

                return true;
            }, context, isStream: true);
        }
        catch (RpcException e)
        {
            // Where no headers have been sent, these come with them.
            throw new RpcException(e.Status, new Metadata { { SamplerHeader.Name, SamplerHeader.Refused } });
        }
    }

    /// <inheritdoc/>
    public override Task<UpdatePrioritiesResponse> UpdatePriorities(
        UpdatePrioritiesRequest request, ServerCallContext context) => Guard(async () =>
    {
        var table = await FindAsync(request.Table, context);
        if (table.Spec.PriorityExponent == 0)
        {
            throw Error(
                StatusCode.FailedPrecondition,
                $"table: '{table.Name}' keeps no priorities; it was made with a priority_exponent of 0.");
        }

        var stale = await table.UpdatePrioritiesAsync(
            ToNumbers<long>(request.Records, "records"),
            ToNumbers<float>(request.Priorities, "priorities"),
            context.CancellationToken,
            request.Generation);
        return new UpdatePrioritiesResponse { Stale = stale };
    }, context);

    /// <inheritdoc/>
    public override Task<InspectResponse> Inspect(
        InspectRequest request, ServerCallContext context) => Guard(async () =>
    {
        var table = await FindAsync(request.Table, context);
        if (request.Count is < 0 or > TableInspector.MaxTransitions)
        {
            throw Invalid($"count: {request.Count} is not a number from 0 to {TableInspector.MaxTransitions}.");
        }

        var (type, shape) = (table.Manifest.ElementType, table.Manifest.Shape);
        if (request.Pictures && (type != ElementType.UInt8 || !PngPicture.IsPicture(shape)))
        {
            throw Invalid(
                $"pictures: observations of shape [{string.Join(", ", shape)}] and type {type} are no pictures.");
        }

        using var memory = tables.Memory.Reserve(
            "count: pictures of so many transitions", TableInspector.MaxMemoryBytes(table, request));
        var response = await TableInspector.InspectAsync(table, request, context.CancellationToken);
        response.Table = ReplayMessages.Describe(table);
        return response;
    }, context);

    /// <inheritdoc/>
    public override Task<LimitsResponse> Limits(LimitsRequest request, ServerCallContext context) => Guard(async () =>
    {
        var table = await FindAsync(request.Table, context);
        if (request.Limits is not null)
        {
            await table.SetLimitsAsync(
                ToLimits(request.Limits, table.Spec.Capacity, "limits"), context.CancellationToken);
        }

        return new LimitsResponse { Limits = ToMessage(table.Limits), Balance = table.Balance };
    }, context);

    /// <inheritdoc/>
    public override Task<SnapshotResponse> Snapshot(
        SnapshotRequest request, ServerCallContext context) => Guard(async () =>
    {
        RequireSnapshotName(request.Snapshot);
        var (copy, size) = await tables.SnapshotAsync(
            await FindAsync(request.Table, context), request.Snapshot, context.CancellationToken);
        return new SnapshotResponse { Records = copy.End, Size = size, Bytes = copy.Bytes };
    }, context);

    /// <inheritdoc/>
    public override Task<RestoreResponse> Restore(
        RestoreRequest request, ServerCallContext context) => Guard(async () =>
    {
        RequireName(request.Table, "table");
        RequireName(request.NewTable, "new_table");
        RequireSnapshotName(request.Snapshot);
        var table = await tables
            .RestoreAsync(request.Table, request.Snapshot, request.NewTable, context.CancellationToken)
            ?? throw Error(
                StatusCode.NotFound, $"snapshot: table '{request.Table}' has no snapshot '{request.Snapshot}'.");
        return new RestoreResponse { Table = ReplayMessages.Describe(table) };
    }, context);

    /// <inheritdoc/>
    public override Task<MarkResponse> Mark(MarkRequest request, ServerCallContext context) => Guard(async () =>
    {
        RequireMarkName(request.Mark);
        var marks = (await FindAsync(request.Table, context)).Marks;
        var mark = await marks.SaveAsync(
            request.Mark, request.AfterRecords, context.CancellationToken, request.Generation);
        return new MarkResponse { Mark = ToMessage(request.Mark, mark) };
    }, context);

    /// <inheritdoc/>
    public override Task<RewindResponse> Rewind(RewindRequest request, ServerCallContext context) => Guard(async () =>
    {
        RequireMarkName(request.Mark);
        var marks = (await FindAsync(request.Table, context)).Marks;
        var (mark, generation) = await marks.RewindAsync(request.Mark, context.CancellationToken);
        return new RewindResponse { Mark = ToMessage(request.Mark, mark), Generation = generation };
    }, context);

    /// <inheritdoc/>
    public override Task<ListMarksResponse> ListMarks(
        ListMarksRequest request, ServerCallContext context) => Guard(async () =>
    {
        var marks = await (await FindAsync(request.Table, context)).Marks.ListAsync(context.CancellationToken);
        return new ListMarksResponse { Marks = { marks.Select(m => ToMessage(m.Name, m.Mark)) } };
    }, context);

    /// <inheritdoc/>
    public override Task<DropMarkResponse> DropMark(
        DropMarkRequest request, ServerCallContext context) => Guard(async () =>
    {
        RequireMarkName(request.Mark);
        var marks = (await FindAsync(request.Table, context)).Marks;
        return await marks.DropAsync(request.Mark, context.CancellationToken, request.Generation)
            ? new DropMarkResponse()
            : throw Error(StatusCode.NotFound, $"mark: table '{request.Table}' has no mark '{request.Mark}'.");
    }, context);

    private static void RequireSnapshotName(string name)
    {
        if (!TableRegistry.IsSnapshotName(name))
        {
            throw Invalid($"snapshot: {name.Quote()} is not a snapshot's name (letters, digits, '-', '_', '.').");
        }
    }

    private static void RequireMarkName(string name)
    {
        if (!TableMark.IsName(name))
        {
            throw Invalid(
                $"mark: {name.Quote()} is not a mark's name (1..{TableMark.MaxNameLength} letters, digits, '-', '_', "
                + "'.').");
        }
    }

    private async ValueTask<SharedTable> FindAsync(string name, ServerCallContext context) =>
        await tables.FindAsync(name, context.CancellationToken) ?? throw Unknown(name);

    private Task<T> Guard<T>(
        Func<Task<T>> call, ServerCallContext context, bool isStream = false, string columns = "") =>
        GuardAsync(call, context, e => LogUnexpected(logger, context.Method, e), isStream, columns);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed.")]
    private static partial void LogUnexpected(ILogger logger, string method, Exception exception);
}
