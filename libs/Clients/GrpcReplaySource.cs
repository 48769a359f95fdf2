using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Replay;
using DqnAspire.Contracts.Replay.V1;
using Google.Protobuf;
using Grpc.Core;
using ElementType = DqnAspire.Contracts.Replay.V1.ElementType;

namespace DqnAspire.Clients;

/// <summary>Makes tables at ReplayService.</summary>
/// <param name="client">The service's client.</param>
public sealed class GrpcReplaySource(ReplayService.ReplayServiceClient client) : IReplaySource
{
    /// <summary>Steps over which a full table can go back to a mark.</summary>
    public int RewindSteps { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ServiceCallException">ReplayService cannot be reached, or refused.</exception>
    public async Task<IReplaySession> CreateAsync(
        string name,
        EnvironmentInfo environment,
        int capacity,
        int batchSize,
        ulong seed,
        CancellationToken cancellationToken)
    {
        var spec = new TableSpec
        {
            Name = name,
            ElementType = environment.ObservationSpace.ElementType switch
            {
                Environments.ElementType.UInt8 => ElementType.Uint8,
                Environments.ElementType.Int32 => ElementType.Int32,
                _ => ElementType.Float32,
            },
            Capacity = capacity,
            RewindSteps = RewindSteps,
        };
        spec.ObservationShape.AddRange(environment.ObservationSpace.Shape);
        try
        {
            // Not cancelled half-way: whoever gives up has to know whether there is a table to delete.
            await client.CreateAsync(new CreateRequest { Spec = spec }, cancellationToken: CancellationToken.None).ConfigureAwait(false);
            var sampler = new OpenSampler { Table = name, BatchSize = batchSize, Seed = seed };
            return await GrpcReplaySession.OpenAsync(client, sampler, records: 0, environment.ObservationSpace.ByteCount, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ServiceCallException(GrpcReplaySession.Service, e);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ServiceCallException">ReplayService cannot be reached, or refused.</exception>
    public async Task<IReplaySession> ReopenAsync(
        string name,
        EnvironmentInfo environment,
        int batchSize,
        string mark,
        ReadOnlyMemory<byte> samplerState,
        CancellationToken cancellationToken)
    {
        try
        {
            var then = await client.RewindAsync(new RewindRequest { Table = name, Mark = mark }, cancellationToken: cancellationToken).ConfigureAwait(false);
            var sampler = new OpenSampler { Table = name, BatchSize = batchSize, State = ByteString.CopyFrom(samplerState.Span) };
            return await GrpcReplaySession.OpenAsync(client, sampler, then.Records, environment.ObservationSpace.ByteCount, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (RpcException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ServiceCallException(GrpcReplaySession.Service, e);
        }
    }
}
