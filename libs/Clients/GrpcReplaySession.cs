using System.Runtime.InteropServices;
using DqnAspire.Contracts;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using Google.Protobuf;
using Grpc.Core;

namespace DqnAspire.Clients;

/// <summary>
/// One writer stream and one sampler stream of a table. Records gather until a batch is asked for (or the block is
/// full), so that a lockstep step costs one append and one credit; the credit names the number of records, so no
/// acknowledgement has to come back in between.
/// </summary>
internal sealed class GrpcReplaySession : IReplaySession
{
    public const string Service = "ReplayService";

    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(30);

    // A block is never larger than a message may be, however large an observation is.
    private const int MaxBlockRecords = 256;
    private const int MaxBlockBytes = 16 << 20;

    private readonly ReplayService.ReplayServiceClient _client;
    private readonly string _table;
    // Named in everything that is sent, so that what arrives late does nothing to the session after this one.
    private readonly long _generation;
    private readonly int _observationBytes;
    private readonly CancellationTokenSource _ended;
    private readonly AsyncDuplexStreamingCall<AppendRequest, AppendResponse> _append;
    private readonly AsyncDuplexStreamingCall<SampleRequest, SampleResponse> _sample;
    private readonly Task _acknowledgements;
    private readonly AppendRequest _block = new() { Steps = new StepBlock() };
    private readonly SampleRequest _credit = new() { Credit = new SampleCredit { Batches = 1 } };
    private readonly int _blockRecords;
    private readonly byte[] _observations;
    private readonly byte[] _flags;
    private readonly BatchColumns _columns;
    private ByteString _samplerState;
    private int _pending;
    private long _records;

    private GrpcReplaySession(
        ReplayService.ReplayServiceClient client,
        OpenSampler sampler,
        long records,
        int observationBytes,
        CancellationToken cancellationToken)
    {
        _client = client;
        (_table, _generation) = (sampler.Table, sampler.Generation);
        _records = records;
        _samplerState = sampler.State.IsEmpty
            ? ByteString.CopyFrom(new SamplerState(new Pcg64(sampler.Seed).State, 0).ToBytes())
            : sampler.State;
        _observationBytes = observationBytes;
        _blockRecords = Math.Clamp(MaxBlockBytes / observationBytes, 1, MaxBlockRecords);
        _observations = new byte[_blockRecords * observationBytes];
        _flags = new byte[_blockRecords];
        var hasWindows = sampler.Layout == Contracts.Replay.V1.BatchLayout.Window;
        _columns = new BatchColumns(sampler.BatchSize, hasWindows, observationBytes);
        _block.Table = _table;
        _block.Generation = _generation;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _append = client.Append(cancellationToken: _ended.Token);
        _sample = client.Sample(cancellationToken: _ended.Token);
        _acknowledgements = ReadAcknowledgementsAsync();
    }

    /// <summary>Opens a table's streams.</summary>
    /// <param name="client">The service's client.</param>
    /// <param name="sampler">Names the table.</param>
    /// <param name="records">Records that the table has.</param>
    /// <param name="observationBytes">Bytes of an observation.</param>
    /// <param name="cancellationToken">Ends the session.</param>
    public static async Task<GrpcReplaySession> OpenAsync(
        ReplayService.ReplayServiceClient client,
        OpenSampler sampler,
        long records,
        int observationBytes,
        CancellationToken cancellationToken)
    {
        var session = new GrpcReplaySession(client, sampler, records, observationBytes, cancellationToken);
        try
        {
            var open = new SampleRequest { Open = sampler };
            await session.WriteAsync(session._sample.RequestStream, open, cancellationToken).ConfigureAwait(false);
            await session.WaitUntilOpenAsync(cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask BeginEpisodeAsync(
        int lane, ReadOnlyMemory<byte> observation, CancellationToken cancellationToken) =>
        AddAsync(lane, -1, 0, StepFlags.First, observation, cancellationToken);

    public ValueTask AppendAsync(
        int lane,
        int action,
        float reward,
        StepFlags flags,
        ReadOnlyMemory<byte> nextObservation,
        CancellationToken cancellationToken) =>
        AddAsync(lane, action, reward, flags, nextObservation, cancellationToken);

    public async ValueTask RequestAsync(int batches, double importanceExponent, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        _credit.Credit.Batches = batches;
        _credit.Credit.AfterRecords = _records;
        _credit.Credit.ImportanceExponent = importanceExponent;
        await WriteAsync(_sample.RequestStream, _credit, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<TransitionBatch> TakeAsync(CancellationToken cancellationToken)
    {
        await MoveNextAsync(cancellationToken).ConfigureAwait(false);
        var batch = _sample.ResponseStream.Current;
        _samplerState = batch.SamplerState;
        if (batch.Remaining == 0)
        {
            return _columns.Read(batch);
        }

        while (!_columns.Add(_sample.ResponseStream.Current))
        {
            await MoveNextAsync(cancellationToken).ConfigureAwait(false);
        }

        return _columns.ReadParts();
    }

    public async ValueTask UpdatePrioritiesAsync(
        ReadOnlyMemory<long> records, ReadOnlyMemory<float> priorities, CancellationToken cancellationToken)
    {
        var request = new UpdatePrioritiesRequest
        {
            Table = _table,
            Generation = _generation,
            Records = ByteString.CopyFrom(MemoryMarshal.AsBytes(records.Span)),
            Priorities = ByteString.CopyFrom(MemoryMarshal.AsBytes(priorities.Span)),
        };
        var call = _client.UpdatePrioritiesAsync(request, cancellationToken: cancellationToken);
        await ServiceCalls.GuardAsync(Service, call, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<ReadOnlyMemory<byte>> MarkAsync(string name, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        // A refused append ends the session; without its records the mark would never be made.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        try
        {
            var request = new MarkRequest
            {
                Table = _table,
                Mark = name,
                AfterRecords = _records,
                Generation = _generation,
            };
            await _client.MarkAsync(request, cancellationToken: either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            throw await ReasonAsync(e, cancellationToken).ConfigureAwait(false);
        }

        return _samplerState.Memory;
    }

    public async ValueTask DropMarkAsync(string name, CancellationToken cancellationToken)
    {
        var request = new DropMarkRequest { Table = _table, Mark = name, Generation = _generation };
        var call = _client.DropMarkAsync(request, cancellationToken: cancellationToken);
        try
        {
            await ServiceCalls.GuardAsync(Service, call, cancellationToken).ConfigureAwait(false);
        }
        catch (ServiceCallException e) when (e.StatusCode == StatusCode.NotFound)
        {
            // There is no such mark.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        // The call that the end of the stream concerned has reported it; here the stream only has to be over.
        await _acknowledgements.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            // Data on disk stays with the run; memory is released now, or when the service ends.
            var request = new CloseRequest { Table = _table, Generation = _generation };
            await _client.CloseAsync(request, deadline: DateTime.UtcNow + GoodbyeTime).ConfigureAwait(false);
        }
        catch (RpcException)
        {
            // A service that is gone has closed the table, and one that has it open in another session keeps it.
        }

        _append.Dispose();
        _sample.Dispose();
        _ended.Dispose();
    }

    /// <summary>
    /// Waits for the service to open the sampler, so that what it refuses is known before anything is played.
    /// </summary>
    private async Task WaitUntilOpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var headers = await _sample.ResponseHeadersAsync.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (headers.GetValue(SamplerHeader.Name) != SamplerHeader.Refused)
            {
                return;
            }
        }
        catch (Exception e) when (ServiceCalls.EndsCall(e))
        {
            throw await ReasonAsync(e, cancellationToken).ConfigureAwait(false);
        }

        // Reading gives the reason.
        await MoveNextAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask MoveNextAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await _sample.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
            {
                throw new ServiceCallException(Service);
            }
        }
        catch (Exception e) when (ServiceCalls.EndsCall(e))
        {
            throw await ReasonAsync(e, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask AddAsync(
        int lane,
        int action,
        float reward,
        StepFlags flags,
        ReadOnlyMemory<byte> observation,
        CancellationToken cancellationToken)
    {
        if (_pending == _blockRecords)
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        var steps = _block.Steps;
        steps.Lanes.Add(lane);
        steps.Actions.Add(action);
        steps.Rewards.Add(reward);
        _flags[_pending] = (byte)flags;
        observation.Span.CopyTo(_observations.AsSpan(_pending * _observationBytes, _observationBytes));
        _pending++;
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_pending == 0)
        {
            return;
        }

        var steps = _block.Steps;
        // The message is serialised before WriteAsync completes, so the buffers can be used again afterwards.
        steps.Flags = UnsafeByteOperations.UnsafeWrap(_flags.AsMemory(0, _pending));
        steps.Observations = UnsafeByteOperations.UnsafeWrap(_observations.AsMemory(0, _pending * _observationBytes));
        await WriteAsync(_append.RequestStream, _block, cancellationToken).ConfigureAwait(false);
        _block.Table = "";
        _records += _pending;
        _pending = 0;
        steps.Lanes.Clear();
        steps.Actions.Clear();
        steps.Rewards.Clear();
    }

    private async ValueTask WriteAsync<T>(IClientStreamWriter<T> stream, T message, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (ServiceCalls.EndsCall(e))
        {
            throw await ReasonAsync(e, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadAcknowledgementsAsync()
    {
        try
        {
            while (await _append.ResponseStream.MoveNext(CancellationToken.None).ConfigureAwait(false))
            {
                // A learner in lockstep names its records with the credit; it need not know when they are durable.
            }
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            // Without this the sampler would wait for records that a refused append never added.
            await _ended.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// The reason why a stream ended: the append's error when there is one, because it also ends the sampler.
    /// </summary>
    private async Task<Exception> ReasonAsync(Exception error, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return new OperationCanceledException(cancellationToken);
        }

        if (_ended.IsCancellationRequested)
        {
            try
            {
                await _acknowledgements.ConfigureAwait(false);
            }
            catch (RpcException refused)
            {
                return new ServiceCallException(Service, refused);
            }
        }

        return ServiceCalls.Failure(Service, error, cancellationToken);
    }
}
