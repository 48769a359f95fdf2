using System.Diagnostics;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Core.Pictures;
using DqnAspire.Replay;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Sharing;
using DqnAspire.Replay.Storage;
using Google.Protobuf;
using Grpc.Core;
using static DqnAspire.ReplayService.ReplayMessages;
using ElementType = DqnAspire.Core.ElementType;

namespace DqnAspire.ReplayService;

/// <summary>The experience store over gRPC: validates, calls a <see cref="SharedTable"/>, maps to messages.</summary>
public sealed class ReplayGrpcService(TableRegistry tables, ReplayMetrics metrics)
    : Contracts.Replay.V1.ReplayService.ReplayServiceBase
{
    /// <inheritdoc/>
    public override Task<CreateResponse> Create(CreateRequest request, ServerCallContext context) => Guard(async () =>
    {
        var spec = request.Spec ?? throw Invalid("spec: missing.");
        await tables.CreateAsync(spec.Name, ToManifest(spec));
        return new CreateResponse();
    });

    /// <inheritdoc/>
    public override Task<DescribeResponse> Describe(
        DescribeRequest request, ServerCallContext context) => Guard(async () =>
        ReplayMessages.Describe(await FindAsync(request.Table)));

    /// <inheritdoc/>
    public override Task<ListResponse> List(ListRequest request, ServerCallContext context) =>
        Task.FromResult(new ListResponse { Tables = { tables.All.Select(ReplayMessages.Describe) } });

    /// <inheritdoc/>
    public override Task<ResetResponse> Reset(ResetRequest request, ServerCallContext context) => Guard(async () =>
    {
        await (await FindAsync(request.Table)).ResetAsync(context.CancellationToken);
        return new ResetResponse();
    });

    /// <inheritdoc/>
    public override Task<DeleteResponse> Delete(DeleteRequest request, ServerCallContext context) => Guard(async () =>
        await tables.DeleteAsync(request.Table) ? new DeleteResponse() : throw Unknown(request.Table));

    /// <inheritdoc/>
    public override Task<CloseResponse> Close(CloseRequest request, ServerCallContext context) => Guard(async () =>
        await tables.CloseAsync(request.Table) ? new CloseResponse() : throw Unknown(request.Table));

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
                    ? await FindAsync(request.Table)
                    : throw Invalid($"table: this stream appends to '{table.Name}', not to '{request.Table}'.");
                writer = table.OpenWriter();
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
    }, "steps.");

    /// <inheritdoc/>
    public override Task Sample(
        IAsyncStreamReader<SampleRequest> requestStream,
        IServerStreamWriter<SampleResponse> responseStream,
        ServerCallContext context) => Guard(async () =>
    {
        if (!await requestStream.MoveNext(context.CancellationToken))
        {
            return true;
        }

        var open = requestStream.Current.Open ?? throw Invalid("open: a sampler's first request opens it.");
        var table = await FindAsync(open.Table);
        var sampler = ToSampler(open, table);
        var prioritized = sampler.Sampler as PrioritizedSampler;
        var response = ResponseOver(sampler.Buffer, withWeights: prioritized is not null);
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            var credit = requestStream.Current.Credit ?? throw Invalid("credit: a sampler can be opened once only.");
            if (credit.Batches < 1)
            {
                throw Invalid($"credit.batches: {credit.Batches} is not a number of batches.");
            }

            if (credit.HasImportanceExponent && prioritized is not null)
            {
                prioritized.ImportanceExponent = credit.ImportanceExponent is >= 0 and <= 1
                    ? credit.ImportanceExponent
                    : throw Invalid(
                        $"credit.importance_exponent: {credit.ImportanceExponent} is not a number from 0 to 1.");
            }

            for (var i = 0; i < credit.Batches; i++)
            {
                var asked = Stopwatch.GetTimestamp();
                if (!await sampler.SampleAsync(
                    credit.AfterRecords, mayWait: !open.FailWhenShort, context.CancellationToken))
                {
                    throw Error(
                        StatusCode.FailedPrecondition,
                        $"Table '{table.Name}' holds {table.Status.Size} transitions, too few for a batch of "
                        + $"{open.BatchSize}.");
                }

                metrics.Sampled(
                    table.Name,
                    open.BatchSize,
                    sampler.Buffer.Observations.Length + sampler.Buffer.NextObservations.Length,
                    sampler.Ages.Mean,
                    Stopwatch.GetElapsedTime(asked) - sampler.DrawTime,
                    sampler.DrawTime);
                response.SamplerState = UnsafeByteOperations.UnsafeWrap(sampler.Sampler.State.ToBytes());
                await responseStream.WriteAsync(response, context.CancellationToken);
            }
        }

        return true;
    });

    /// <inheritdoc/>
    public override Task<UpdatePrioritiesResponse> UpdatePriorities(
        UpdatePrioritiesRequest request, ServerCallContext context) => Guard(async () =>
    {
        var table = await FindAsync(request.Table);
        if (table.Spec.PriorityExponent == 0)
        {
            throw Error(
                StatusCode.FailedPrecondition,
                $"table: '{table.Name}' keeps no priorities; it was made with a priority_exponent of 0.");
        }

        var stale = await table.UpdatePrioritiesAsync(
            ToNumbers<long>(request.Records, "records"),
            ToNumbers<float>(request.Priorities, "priorities"),
            context.CancellationToken);
        return new UpdatePrioritiesResponse { Stale = stale };
    });

    /// <inheritdoc/>
    public override Task<InspectResponse> Inspect(
        InspectRequest request, ServerCallContext context) => Guard(async () =>
    {
        var table = await FindAsync(request.Table);
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

        var response = await TableInspector.InspectAsync(table, request, context.CancellationToken);
        response.Table = ReplayMessages.Describe(table);
        return response;
    });

    /// <inheritdoc/>
    public override Task<LimitsResponse> Limits(LimitsRequest request, ServerCallContext context) => Guard(async () =>
    {
        var table = await FindAsync(request.Table);
        if (request.Limits is not null)
        {
            await table.SetLimitsAsync(
                ToLimits(request.Limits, table.Spec.Capacity, "limits"), context.CancellationToken);
        }

        return new LimitsResponse { Limits = ToMessage(table.Limits), Balance = table.Balance };
    });

    /// <inheritdoc/>
    public override Task<SnapshotResponse> Snapshot(
        SnapshotRequest request, ServerCallContext context) => Guard(async () =>
    {
        RequireSnapshotName(request.Snapshot);
        var (copy, size) = await tables.SnapshotAsync(
            await FindAsync(request.Table), request.Snapshot, context.CancellationToken);
        return new SnapshotResponse { Records = copy.End, Size = size, Bytes = copy.Bytes };
    });

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
    });

    /// <inheritdoc/>
    public override Task<MarkResponse> Mark(MarkRequest request, ServerCallContext context) => Guard(async () =>
    {
        RequireMarkName(request.Mark);
        var marks = (await FindAsync(request.Table)).Marks;
        var mark = await marks.SaveAsync(request.Mark, request.AfterRecords, context.CancellationToken);
        return new MarkResponse { Mark = ToMessage(request.Mark, mark) };
    });

    /// <inheritdoc/>
    public override Task<RewindResponse> Rewind(RewindRequest request, ServerCallContext context) => Guard(async () =>
    {
        RequireMarkName(request.Mark);
        var marks = (await FindAsync(request.Table)).Marks;
        var mark = await marks.RewindAsync(request.Mark, context.CancellationToken);
        return new RewindResponse { Mark = ToMessage(request.Mark, mark) };
    });

    /// <inheritdoc/>
    public override Task<ListMarksResponse> ListMarks(
        ListMarksRequest request, ServerCallContext context) => Guard(async () =>
    {
        var marks = await (await FindAsync(request.Table)).Marks.ListAsync(context.CancellationToken);
        return new ListMarksResponse { Marks = { marks.Select(m => ToMessage(m.Name, m.Mark)) } };
    });

    /// <inheritdoc/>
    public override Task<DropMarkResponse> DropMark(
        DropMarkRequest request, ServerCallContext context) => Guard(async () =>
    {
        RequireMarkName(request.Mark);
        return await (await FindAsync(request.Table)).Marks.DropAsync(request.Mark, context.CancellationToken)
            ? new DropMarkResponse()
            : throw Error(StatusCode.NotFound, $"mark: table '{request.Table}' has no mark '{request.Mark}'.");
    });

    /// <summary>Maps the exceptions of tables to statuses.</summary>
    /// <param name="call">The call.</param>
    /// <param name="columns">
    /// The message field that holds the columns which a <see cref="ReplayRecordException"/> names.
    /// </param>
    private static async Task<T> Guard<T>(Func<Task<T>> call, string columns = "")
    {
        try
        {
            return await call();
        }
        catch (ReplayRecordException e)
        {
            throw Invalid(columns + e.Message);
        }
        catch (TableClosedException e)
        {
            throw Error(StatusCode.NotFound, e.Message);
        }
        catch (TableRewoundException e)
        {
            throw Error(StatusCode.Aborted, e.Message);
        }
        catch (ReplayMarkException e)
        {
            throw Error(e.IsUnknown ? StatusCode.NotFound : StatusCode.FailedPrecondition, e.Message);
        }
        catch (TableExistsException e)
        {
            throw Error(StatusCode.AlreadyExists, e.Message);
        }
        catch (TableTooLargeException e)
        {
            throw Error(StatusCode.ResourceExhausted, e.Message);
        }
        catch (ReplayStoreException e)
        {
            throw Error(StatusOf(e.Problem), e.Message);
        }
        catch (NoSnapshotsException e)
        {
            throw Error(StatusCode.FailedPrecondition, e.Message);
        }
    }

    private static StatusCode StatusOf(StoreProblem problem) => problem switch
    {
        StoreProblem.Refused => StatusCode.FailedPrecondition,
        StoreProblem.Full => StatusCode.ResourceExhausted,
        StoreProblem.Away => StatusCode.Unavailable,
        StoreProblem.Taken => StatusCode.Aborted,
        _ => StatusCode.DataLoss,
    };

    private static void RequireSnapshotName(string name)
    {
        if (!TableRegistry.IsSnapshotName(name))
        {
            throw Invalid($"snapshot: '{name}' is not a snapshot's name (letters, digits, '-', '_', '.').");
        }
    }

    private static void RequireMarkName(string name)
    {
        if (!TableMark.IsName(name))
        {
            throw Invalid(
                $"mark: '{name}' is not a mark's name (1..{TableMark.MaxNameLength} letters, digits, '-', '_', '.').");
        }
    }

    private static RpcException Unknown(string name) =>
        Error(StatusCode.NotFound, $"table: there is no table '{name}'.");

    private async ValueTask<SharedTable> FindAsync(string name) => await tables.FindAsync(name) ?? throw Unknown(name);
}
