using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using DqnAspire.Contracts.Common.V1;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Replay;
using Google.Protobuf;
using Grpc.Core;
using RateLimits = DqnAspire.Contracts.Replay.V1.RateLimits;
using StepFlags = DqnAspire.Core.StepFlags;
using TableSpec = DqnAspire.Contracts.Replay.V1.TableSpec;

namespace DqnAspire.Services.Tests;

/// <summary>What tests of ReplayService's calls share: short ways to make, fill, sample and read a table.</summary>
public abstract class ReplayCalls(TestSystem system)
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected TestSystem System => system;

    protected static StepRecord First(int lane = 0) => new(lane, -1, 0, StepFlags.First);

    protected static StepRecord Step(float reward, int lane = 0, bool terminated = false) =>
        new(lane, 1, reward, terminated ? StepFlags.Terminated : StepFlags.None);

    protected static float[] Floats(ByteString bytes) => MemoryMarshal.Cast<byte, float>(bytes.Span).ToArray();

    protected static async Task AssertFails(StatusCode code, string named, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Contains(named, error.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(code, error.StatusCode);
        Assert.DoesNotContain('\n', error.Status.Detail);
    }

    protected static AppendRequest Request(string table, StepRecord[] records, byte[] observations) => new()
    {
        Table = table,
        Steps = new StepBlock
        {
            Lanes = { records.Select(r => r.Lane) },
            Actions = { records.Select(r => r.Action) },
            Rewards = { records.Select(r => r.Reward) },
            Flags = ByteString.CopyFrom([.. records.Select(r => (byte)r.Flags)]),
            Observations = ByteString.CopyFrom(observations),
        },
    };

    /// <summary>Reads a picture back: signature, size, and the rows without their filter bytes.</summary>
    protected static (int Rows, int Columns, byte[] Pixels) Decode(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        var columns = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));
        var rows = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20));
        Assert.Equal([8, 0, 0, 0, 0], png[24..29]);
        var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        using var zlib = new ZLibStream(new MemoryStream(png, 41, length), CompressionMode.Decompress);
        var raw = new byte[rows * (columns + 1)];
        zlib.ReadExactly(raw);
        return (rows, columns, [.. raw.Chunk(columns + 1).SelectMany(row => row[1..])]);
    }

    protected async Task Create(
        string name, int capacity = 100, int maxStack = 1, double priorityExponent = 0, RateLimits? limits = null,
        int[]? shape = null) =>
        await system.Replay.CreateAsync(
            new CreateRequest
            {
                Spec = new TableSpec
                {
                    Name = name,
                    ElementType = ElementType.Uint8,
                    ObservationShape = { shape ?? [1] },
                    Capacity = capacity,
                    MaxStack = maxStack,
                    PriorityExponent = priorityExponent,
                    Limits = limits,
                },
            },
            cancellationToken: Cancellation);

    protected async Task Append(string table, StepRecord[] records, byte[] observations)
    {
        using var append = system.Replay.Append(cancellationToken: Cancellation);
        await append.RequestStream.WriteAsync(Request(table, records, observations), Cancellation);
        await append.RequestStream.CompleteAsync();
        while (await append.ResponseStream.MoveNext(Cancellation))
        {
        }
    }

    /// <summary>The last of some batches.</summary>
    protected async Task<SampleResponse> SampleOne(OpenSampler open, int batches = 1, double? importanceExponent = null)
    {
        using var sample = system.Replay.Sample(cancellationToken: Cancellation);
        await sample.RequestStream.WriteAsync(new SampleRequest { Open = open }, Cancellation);
        var credit = new SampleCredit { Batches = batches };
        if (importanceExponent is { } exponent)
        {
            credit.ImportanceExponent = exponent;
        }

        try
        {
            await sample.RequestStream.WriteAsync(new SampleRequest { Credit = credit }, Cancellation);
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            // A server that has refused the opening may have ended the call already; why is what the reading end says.
        }

        for (var i = 0; i < batches; i++)
        {
            Assert.True(await sample.ResponseStream.MoveNext(Cancellation));
        }

        return sample.ResponseStream.Current;
    }

    protected async Task<int> UpdatePriorities(string table, long[] records, float[] priorities) =>
        (await system.Replay.UpdatePrioritiesAsync(
        new UpdatePrioritiesRequest
        {
            Table = table,
            Records = ByteString.CopyFrom(MemoryMarshal.AsBytes(records.AsSpan())),
            Priorities = ByteString.CopyFrom(MemoryMarshal.AsBytes(priorities.AsSpan())),
        },
        cancellationToken: Cancellation)).Stale;

    protected async Task<InspectResponse> Inspect(string table, int count = 10) =>
        await system.Replay.InspectAsync(
            new InspectRequest { Table = table, Count = count }, cancellationToken: Cancellation);
}
