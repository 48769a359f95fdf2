using System.Diagnostics;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Randomness;
using DqnAspire.Replay;
using Google.Protobuf;
using Grpc.Core;

namespace DqnAspire.ReplayService;

/// <summary>The experience store over gRPC: validates, calls a <see cref="SharedTable"/>, maps to messages.</summary>
public sealed class ReplayGrpcService(TableRegistry tables, ReplayMetrics metrics) : Contracts.Replay.V1.ReplayService.ReplayServiceBase
{
    private const int MaxBatchSize = 65_536;
    private const int MaxCapacity = 100_000_000;
    private const int MaxObservationBytes = 16 << 20;

    /// <inheritdoc/>
    public override Task<CreateResponse> Create(CreateRequest request, ServerCallContext context)
    {
        var spec = request.Spec ?? throw Error(StatusCode.InvalidArgument, "spec: missing.");
        if (!TableRegistry.IsName(spec.Name))
        {
            throw Error(StatusCode.InvalidArgument, $"spec.name: '{spec.Name}' is not a table name (1..200 letters, digits, '-', '_', '.', '/').");
        }

        if (spec.ElementType is not (ElementType.Uint8 or ElementType.Float32 or ElementType.Int32))
        {
            throw Error(StatusCode.InvalidArgument, $"spec.element_type: {spec.ElementType} is not a type of elements.");
        }

        if (spec.Capacity is < 1 or > MaxCapacity)
        {
            throw Error(StatusCode.InvalidArgument, $"spec.capacity: {spec.Capacity} is not a number from 1 to {MaxCapacity}.");
        }

        var elements = spec.ObservationShape.Aggregate(1L, (product, axis) => axis < 1 || product > MaxObservationBytes ? -1 : product * axis);
        if (spec.ObservationShape.Count == 0 || elements is < 1 or > (MaxObservationBytes / 4))
        {
            throw Error(
                StatusCode.InvalidArgument,
                $"spec.observation_shape: [{string.Join(", ", spec.ObservationShape)}] is not a shape of at most {MaxObservationBytes / 4} elements.");
        }

        try
        {
            tables.Create(spec.Name, [.. spec.ObservationShape], (ElementKind)spec.ElementType, (int)spec.Capacity);
            return Task.FromResult(new CreateResponse());
        }
        catch (TableExistsException e)
        {
            throw Error(StatusCode.AlreadyExists, $"spec.name: {e.Message}");
        }
        catch (TableTooLargeException e)
        {
            throw Error(StatusCode.ResourceExhausted, $"spec.capacity: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public override Task<DescribeResponse> Describe(DescribeRequest request, ServerCallContext context) =>
        Task.FromResult(Describe(Find(request.Table)));

    /// <inheritdoc/>
    public override Task<ListResponse> List(ListRequest request, ServerCallContext context) =>
        Task.FromResult(new ListResponse { Tables = { tables.All.Select(Describe) } });

    /// <inheritdoc/>
    public override Task<ResetResponse> Reset(ResetRequest request, ServerCallContext context) => Guard(() =>
    {
        Find(request.Table).Reset();
        return Task.FromResult(new ResetResponse());
    });

    /// <inheritdoc/>
    public override Task<DeleteResponse> Delete(DeleteRequest request, ServerCallContext context) =>
        tables.Delete(request.Table) ? Task.FromResult(new DeleteResponse()) : throw Unknown(request.Table);

    /// <inheritdoc/>
    public override Task Append(
        IAsyncStreamReader<AppendRequest> requestStream, IServerStreamWriter<AppendResponse> responseStream, ServerCallContext context) => Guard(async () =>
    {
        SharedTable? table = null;
        var records = Array.Empty<StepRecord>();
        var response = new AppendResponse();
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            var request = requestStream.Current;
            if (table is null || (request.Table.Length > 0 && request.Table != table.Name))
            {
                table = table is null
                    ? Find(request.Table)
                    : throw Error(StatusCode.InvalidArgument, $"table: this stream appends to '{table.Name}', not to '{request.Table}'.");
            }

            var steps = request.Steps ?? throw Error(StatusCode.InvalidArgument, "steps: missing.");
            var count = ToRecords(steps, ref records);
            response.DurableRecords = table.Append(records.AsSpan(0, count), steps.Observations.Span);
            await responseStream.WriteAsync(response, context.CancellationToken);
        }

        return true;
    });

    /// <inheritdoc/>
    public override Task Sample(
        IAsyncStreamReader<SampleRequest> requestStream, IServerStreamWriter<SampleResponse> responseStream, ServerCallContext context) => Guard(async () =>
    {
        if (!await requestStream.MoveNext(context.CancellationToken))
        {
            return true;
        }

        var open = requestStream.Current.Open ?? throw Error(StatusCode.InvalidArgument, "open: a sampler's first request opens it.");
        if (open.BatchSize is < 1 or > MaxBatchSize)
        {
            throw Error(StatusCode.InvalidArgument, $"open.batch_size: {open.BatchSize} is not a number from 1 to {MaxBatchSize}.");
        }

        var table = Find(open.Table);
        if (!open.WithReplacement && open.BatchSize > table.Spec.Capacity)
        {
            throw Error(
                StatusCode.InvalidArgument,
                $"open.batch_size: {open.BatchSize} different transitions can never be drawn from table '{table.Name}' with capacity {table.Spec.Capacity}.");
        }

        var random = new Pcg64(open.Seed);
        ISampler sampler = open.WithReplacement ? new UniformSampler(random) : new UniformSamplerWithoutReplacement(random);
        var buffer = new TransitionBuffer(open.BatchSize, table.Spec.ObservationBytes);
        var response = ResponseOver(buffer);
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            var credit = requestStream.Current.Credit ?? throw Error(StatusCode.InvalidArgument, "credit: a sampler can be opened once only.");
            if (credit.Batches < 1)
            {
                throw Error(StatusCode.InvalidArgument, $"credit.batches: {credit.Batches} is not a number of batches.");
            }

            for (var i = 0; i < credit.Batches; i++)
            {
                var asked = Stopwatch.GetTimestamp();
                await table.WaitAsync(
                    credit.AfterRecords, open.FailWhenShort ? 0 : sampler.RequiredSize(open.BatchSize), context.CancellationToken);
                var ready = Stopwatch.GetTimestamp();
                if (!table.TrySample(sampler, buffer))
                {
                    throw Error(
                        StatusCode.FailedPrecondition,
                        $"Table '{table.Name}' holds {table.Status.Size} transitions; a batch needs {sampler.RequiredSize(open.BatchSize)}.");
                }

                metrics.Sampled(
                    table.Name,
                    open.BatchSize,
                    buffer.Observations.Length + buffer.NextObservations.Length,
                    Stopwatch.GetElapsedTime(asked, ready),
                    Stopwatch.GetElapsedTime(ready));
                await responseStream.WriteAsync(response, context.CancellationToken);
            }
        }

        return true;
    });

    /// <summary>A message that shows the buffer: each write is awaited before the buffer is filled again.</summary>
    private static SampleResponse ResponseOver(TransitionBuffer buffer) => new()
    {
        Count = buffer.Indices.Length,
        Observations = UnsafeByteOperations.UnsafeWrap(buffer.Observations),
        Actions = UnsafeByteOperations.UnsafeWrap(Bytes(buffer.Actions)),
        Rewards = UnsafeByteOperations.UnsafeWrap(Bytes(buffer.Rewards)),
        NextObservations = UnsafeByteOperations.UnsafeWrap(buffer.NextObservations),
        Flags = UnsafeByteOperations.UnsafeWrap(Bytes(buffer.Flags)),
        Records = UnsafeByteOperations.UnsafeWrap(Bytes(buffer.Records)),
    };

    private static int ToRecords(StepBlock steps, ref StepRecord[] records)
    {
        var count = steps.Lanes.Count;
        Require("actions", steps.Actions.Count);
        Require("rewards", steps.Rewards.Count);
        Require("flags", steps.Flags.Length);
        if (records.Length < count)
        {
            records = new StepRecord[count];
        }

        var flags = steps.Flags.Span;
        for (var i = 0; i < count; i++)
        {
            records[i] = new StepRecord(steps.Lanes[i], steps.Actions[i], steps.Rewards[i], (RecordFlags)flags[i]);
        }

        return count;

        void Require(string column, int length)
        {
            if (length != count)
            {
                throw Error(StatusCode.InvalidArgument, $"steps.{column}: {length} entries for {count} records.");
            }
        }
    }

    private static DescribeResponse Describe(SharedTable table)
    {
        var status = table.Status;
        return new DescribeResponse
        {
            Spec = new Contracts.Replay.V1.TableSpec
            {
                Name = table.Name,
                ElementType = (ElementType)table.Element,
                ObservationShape = { table.Shape },
                Capacity = table.Spec.Capacity,
            },
            Size = status.Size,
            Records = status.Records,
            Sampled = status.Sampled,
            Episodes = status.Episodes,
            ObservationBytes = status.ObservationBytes,
        };
    }

    /// <summary>Maps what the tables throw to statuses.</summary>
    private static async Task<T> Guard<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (ReplayRecordException e)
        {
            throw Error(StatusCode.InvalidArgument, $"steps.{e.Message}");
        }
        catch (TableClosedException e)
        {
            throw Error(StatusCode.NotFound, e.Message);
        }
    }

    private SharedTable Find(string name) => tables.Find(name) ?? throw Unknown(name);

    private static RpcException Unknown(string name) => Error(StatusCode.NotFound, $"table: there is no table '{name}'.");

    private static RpcException Error(StatusCode code, string detail) => new(new Status(code, detail));

    private static Memory<byte> Bytes<T>(T[] array)
        where T : unmanaged => new ArrayMemory<T>(array).Memory;
}
