using System.Runtime.InteropServices;
using DqnAspire.Contracts;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Sharing;
using Google.Protobuf;
using Grpc.Core;
using static DqnAspire.ReplayService.ReplayErrors;
using RateLimits = DqnAspire.Replay.Sampling.RateLimits;
using TableSpec = DqnAspire.Replay.TableSpec;

namespace DqnAspire.ReplayService;

/// <summary>Converts messages; an invalid value is refused with the name of its field.</summary>
internal static class ReplayMessages
{
    private const int MaxBatchSize = 65_536;
    private const int MaxCapacity = TableSpec.CapacityLimit;
    private const int MaxElements = TableSpec.ObservationLimit / 4;
    private const double DefaultDiscount = 0.99;

    public static TableManifest ToManifest(Contracts.Replay.V1.TableSpec spec)
    {
        RequireName(spec.Name, "spec.name");
        var element = spec.ElementType.ToCore()
            ?? throw Invalid($"spec.element_type: {spec.ElementType} is not a type of elements.");

        if (spec.Capacity is < 1 or > MaxCapacity)
        {
            throw Invalid($"spec.capacity: {spec.Capacity} is not a number from 1 to {MaxCapacity}.");
        }

        if (spec.RewindSteps is < 0 or > MaxCapacity)
        {
            throw Invalid($"spec.rewind_steps: {spec.RewindSteps} is not a number from 0 to {MaxCapacity}.");
        }

        if (spec.MaxStack is < 0 or > TableSpec.StackLimit)
        {
            throw Invalid($"spec.max_stack: {spec.MaxStack} is not a number from 1 to {TableSpec.StackLimit}.");
        }

        if (!(spec.PriorityExponent is >= 0 and <= TableSpec.PriorityExponentLimit))
        {
            throw Invalid(
                $"spec.priority_exponent: {spec.PriorityExponent} is not a number from 0 to "
                + $"{TableSpec.PriorityExponentLimit}.");
        }

        var elements = spec.ObservationShape.Aggregate(
            1L, (product, axis) => axis < 1 || product is < 1 or > MaxElements ? -1 : product * axis);
        if (spec.ObservationShape.Count is 0 or > TableSpec.MaxAxes || elements is < 1 or > MaxElements)
        {
            throw Invalid(
                $"spec.observation_shape: [{string.Join(", ", spec.ObservationShape.Take(TableSpec.MaxAxes + 1))}] is "
                + $"not a shape of 1 to {TableSpec.MaxAxes} axes and at most {MaxElements} elements.");
        }

        var table = new TableSpec((int)elements * element.ByteCount(), (int)spec.Capacity)
        {
            MaxStack = Math.Max(1, spec.MaxStack),
            PriorityExponent = spec.PriorityExponent,
            RewindSteps = (int)spec.RewindSteps,
        };
        return new TableManifest(
            table, element, [.. spec.ObservationShape], ToLimits(spec.Limits, table.Capacity, "spec.limits"));
    }

    public static RateLimits ToLimits(Contracts.Replay.V1.RateLimits? limits, int capacity, string field)
    {
        if (limits is null)
        {
            return RateLimits.None;
        }

        // Checked before it is narrowed, so that the message has the number that was sent.
        if (limits.MinSize < 0 || limits.MinSize > capacity)
        {
            throw Invalid(
                $"{field}.min_size: {limits.MinSize} is not a number from 1 to the capacity of {capacity}.");
        }

        var result = new RateLimits(
            (int)Math.Max(1, limits.MinSize),
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
                ElementType = table.Manifest.ElementType.ToMessage(),
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

    /// <summary>Reads what a sampler chooses, and how its transitions are assembled.</summary>
    public static (ISampler Sampler, TransitionSpec Spec) ToSampler(OpenSampler open, SharedTable table)
    {
        if (open.BatchSize is < 1 or > MaxBatchSize)
        {
            throw Invalid($"open.batch_size: {open.BatchSize} is not a number from 1 to {MaxBatchSize}.");
        }

        var sampler = Sampler(open, table);
        if (open.BatchSize > sampler.MaxBatchSize(table.Spec.Capacity))
        {
            throw Invalid(
                $"open.batch_size: {open.BatchSize} different transitions can never be drawn from table '{table.Name}' "
                + $"with capacity {table.Spec.Capacity}.");
        }

        if (open.Padding.ToCore() is not { } padding || open.Layout.ToCore() is not { } layout)
        {
            throw Invalid($"open.padding, layout: {open.Padding}, {open.Layout} are not known.");
        }

        var spec = new TransitionSpec
        {
            Stack = open.Stack == 0 ? 1 : open.Stack,
            Padding = padding,
            Steps = open.Steps == 0 ? 1 : open.Steps,
            Discount = open.HasDiscount ? open.Discount : DefaultDiscount,
            Layout = layout,
        };
        return Checked("open", () =>
        {
            if (!open.State.IsEmpty)
            {
                sampler.State = SamplerState.FromBytes(open.State.Span);
            }

            spec.Validate(table.Spec.MaxStack);
            return (sampler, spec);
        });
    }

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
            records[i] = new StepRecord(steps.Lanes[i], steps.Actions[i], steps.Rewards[i], (StepFlags)flags[i]);
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
            throw Invalid(
                $"{field}: {name.Quote()} is not a table name (1..200 letters, digits, '-', '_', '.', '/'; no part "
                + "empty, '.', '..', or a name that tables use in their folders).");
        }
    }

    private static ISampler Sampler(OpenSampler open, SharedTable table) => open.Kind switch
    {
        SamplerKind.Unspecified or SamplerKind.Uniform when open.WithReplacement =>
            new UniformSampler(new Pcg64(open.Seed)),
        SamplerKind.Unspecified or SamplerKind.Uniform => new UniformSamplerWithoutReplacement(new Pcg64(open.Seed)),
        SamplerKind.Prioritized when table.Spec.PriorityExponent == 0 => throw Error(
            StatusCode.FailedPrecondition,
            $"open.kind: table '{table.Name}' keeps no priorities; it was made with a priority_exponent of 0."),
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
            // The name of the parameter, which .NET adds, says nothing to the caller.
            throw Invalid($"{field}.{e.Message.Split(" (Parameter ")[0]}");
        }
    }
}
