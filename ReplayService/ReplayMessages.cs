using System.Runtime.InteropServices;
using DqnAspire.Contracts.Common.V1;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage.Embedded;
using Google.Protobuf;
using Grpc.Core;
using BatchLayout = DqnAspire.Core.Replay.BatchLayout;
using RateLimits = DqnAspire.Replay.Sampling.RateLimits;
using StackPadding = DqnAspire.Core.StackPadding;
using TableSpec = DqnAspire.Replay.TableSpec;

namespace DqnAspire.ReplayService;

/// <summary>Between messages and what they mean; what cannot be is refused with the name of its field.</summary>
internal static class ReplayMessages
{
    private const int MaxBatchSize = 65_536;
    private const int MaxCapacity = 100_000_000;
    private const int MaxObservationBytes = 16 << 20;
    private const double DefaultDiscount = 0.99;

    public static RpcException Error(StatusCode code, string detail) => new(new Status(code, detail));

    public static TableManifest ToManifest(Contracts.Replay.V1.TableSpec spec)
    {
        RequireName(spec.Name, "spec.name");
        if (spec.ElementType is not (ElementType.Uint8 or ElementType.Float32 or ElementType.Int32))
        {
            throw Invalid($"spec.element_type: {spec.ElementType} is not a type of elements.");
        }

        if (spec.Capacity is < 1 or > MaxCapacity)
        {
            throw Invalid($"spec.capacity: {spec.Capacity} is not a number from 1 to {MaxCapacity}.");
        }

        if (spec.RewindSteps is < 0 or > MaxCapacity)
        {
            throw Invalid($"spec.rewind_steps: {spec.RewindSteps} is not a number from 0 to {MaxCapacity}.");
        }

        if (spec.MaxStack is < 0 or > TableSpec.LongestStack)
        {
            throw Invalid($"spec.max_stack: {spec.MaxStack} is not a number from 1 to {TableSpec.LongestStack}.");
        }

        if (!(spec.PriorityExponent is >= 0 and <= 10))
        {
            throw Invalid($"spec.priority_exponent: {spec.PriorityExponent} is not a number from 0 to 10.");
        }

        var elements = spec.ObservationShape.Aggregate(1L, (product, axis) => axis < 1 || product > MaxObservationBytes ? -1 : product * axis);
        if (spec.ObservationShape.Count == 0 || elements is < 1 or > (MaxObservationBytes / 4))
        {
            throw Invalid($"spec.observation_shape: [{string.Join(", ", spec.ObservationShape)}] is not a shape of at most {MaxObservationBytes / 4} elements.");
        }

        var element = (ElementKind)spec.ElementType;
        var table = new TableSpec((int)elements * element.Bytes(), (int)spec.Capacity)
        {
            MaxStack = Math.Max(1, spec.MaxStack),
            PriorityExponent = spec.PriorityExponent,
            RewindSteps = (int)spec.RewindSteps,
        };
        return new TableManifest(table, element.ToString(), [.. spec.ObservationShape], ToLimits(spec.Limits, table.Capacity, "spec.limits"));
    }

    public static RateLimits ToLimits(Contracts.Replay.V1.RateLimits? limits, int capacity, string field)
    {
        if (limits is null)
        {
            return RateLimits.None;
        }

        var result = new RateLimits(
            (int)Math.Clamp(limits.MinSize == 0 ? 1 : limits.MinSize, int.MinValue, int.MaxValue),
            limits.SamplesPerInsert,
            limits.ErrorBuffer == 0 ? 1 : limits.ErrorBuffer);
        return Checked(field, () =>
        {
            result.Validate(capacity);
            return result;
        });
    }

    public static Contracts.Replay.V1.RateLimits ToMessage(RateLimits limits) => new()
    {
        MinSize = limits.MinSize,
        SamplesPerInsert = limits.SamplesPerInsert,
        ErrorBuffer = limits.ErrorBuffer,
    };

    public static DescribeResponse Describe(SharedTable table)
    {
        var status = table.Status;
        return new DescribeResponse
        {
            Spec = new Contracts.Replay.V1.TableSpec
            {
                Name = table.Name,
                ElementType = (ElementType)Enum.Parse<ElementKind>(table.Manifest.ElementType),
                ObservationShape = { table.Manifest.Shape },
                Capacity = table.Spec.Capacity,
                MaxStack = table.Spec.MaxStack,
                PriorityExponent = table.Spec.PriorityExponent,
                Limits = ToMessage(table.Limits),
                RewindSteps = table.Spec.RewindSteps,
            },
            Size = status.Size,
            Records = status.Records,
            Sampled = status.Sampled,
            Episodes = status.Episodes,
            ObservationBytes = status.ObservationBytes,
            Durable = status.IsDurable,
        };
    }

    public static MarkInfo ToMessage(string name, TableMark mark) => new()
    {
        Mark = name,
        Size = mark.Size,
        Records = mark.Records,
        Sampled = mark.Sampled,
        Episodes = mark.Episodes,
    };

    public static TableSampler ToSampler(OpenSampler open, SharedTable table)
    {
        if (open.BatchSize is < 1 or > MaxBatchSize)
        {
            throw Invalid($"open.batch_size: {open.BatchSize} is not a number from 1 to {MaxBatchSize}.");
        }

        var sampler = Sampler(open, table);
        if (open.BatchSize > sampler.LargestBatch(table.Spec.Capacity))
        {
            throw Invalid(
                $"open.batch_size: {open.BatchSize} different transitions can never be drawn from table '{table.Name}' with capacity {table.Spec.Capacity}.");
        }

        var spec = new TransitionSpec
        {
            Stack = open.Stack == 0 ? 1 : open.Stack,
            Padding = (StackPadding)open.Padding,
            Steps = open.Steps == 0 ? 1 : open.Steps,
            Discount = open.HasDiscount ? open.Discount : DefaultDiscount,
            Layout = (BatchLayout)open.Layout,
        };
        return Checked("open", () =>
        {
            if (!open.State.IsEmpty)
            {
                sampler.State = SamplerState.FromBytes(open.State.Span);
            }

            return table.OpenSampler(sampler, spec, open.BatchSize);
        });
    }

    /// <summary>A message that shows the buffer: each write is awaited before the buffer is filled again.</summary>
    public static SampleResponse ResponseOver(TransitionBuffer buffer, bool withWeights) => new()
    {
        Count = buffer.Indices.Length,
        Observations = UnsafeByteOperations.UnsafeWrap(buffer.Observations),
        Actions = UnsafeByteOperations.UnsafeWrap(Bytes(buffer.Actions)),
        Rewards = UnsafeByteOperations.UnsafeWrap(Bytes(buffer.Rewards)),
        NextObservations = UnsafeByteOperations.UnsafeWrap(buffer.NextObservations),
        Flags = UnsafeByteOperations.UnsafeWrap(Bytes(buffer.Flags)),
        Records = UnsafeByteOperations.UnsafeWrap(Bytes(buffer.Records)),
        Discounts = UnsafeByteOperations.UnsafeWrap(Bytes(buffer.Discounts)),
        Weights = withWeights ? UnsafeByteOperations.UnsafeWrap(Bytes(buffer.Weights)) : ByteString.Empty,
    };

    public static int ToRecords(StepBlock steps, ref StepRecord[] records)
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
                throw Invalid($"steps.{column}: {length} entries for {count} records.");
            }
        }
    }

    public static T[] ToNumbers<T>(ByteString bytes, string field)
        where T : unmanaged => bytes.Length % Marshal.SizeOf<T>() == 0
            ? MemoryMarshal.Cast<byte, T>(bytes.Span).ToArray()
            : throw Invalid($"{field}: {bytes.Length} bytes are not whole numbers of {Marshal.SizeOf<T>()}.");

    public static void RequireName(string name, string field)
    {
        if (!TableRegistry.IsName(name))
        {
            throw Invalid($"{field}: '{name}' is not a table name (1..200 letters, digits, '-', '_', '.', '/'; no part empty, '.' or '..').");
        }
    }

    public static RpcException Invalid(string detail) => Error(StatusCode.InvalidArgument, detail);

    private static ISampler Sampler(OpenSampler open, SharedTable table) => open.Kind switch
    {
        SamplerKind.Uniform when open.WithReplacement => new UniformSampler(new Pcg64(open.Seed)),
        SamplerKind.Uniform => new UniformSamplerWithoutReplacement(new Pcg64(open.Seed)),
        SamplerKind.Prioritized when table.Spec.PriorityExponent == 0 => throw Error(
            StatusCode.FailedPrecondition, $"open.kind: table '{table.Name}' keeps no priorities; it was made with a priority_exponent of 0."),
        SamplerKind.Prioritized => new PrioritizedSampler(new Pcg64(open.Seed)),
        SamplerKind.Newest => new NewestSampler(),
        SamplerKind.Fifo => new FifoSampler(),
        _ => throw Invalid($"open.kind: {open.Kind} is not a sampler."),
    };

    private static T Checked<T>(string field, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException e)
        {
            throw Invalid($"{field}.{e.Message}");
        }
    }

    private static Memory<byte> Bytes<T>(T[] array)
        where T : unmanaged => new ArrayMemory<T>(array).Memory;
}
