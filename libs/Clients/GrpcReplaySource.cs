using DqnAspire.Contracts;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Replay;
using Google.Protobuf;
using Grpc.Core;
using StackPadding = DqnAspire.Contracts.Replay.V1.StackPadding;

namespace DqnAspire.Clients;

/// <summary>Makes tables at ReplayService.</summary>
/// <param name="client">The service's client.</param>
public sealed class GrpcReplaySource(ReplayService.ReplayServiceClient client) : IReplaySource
{
    /// <inheritdoc/>
    /// <exception cref="ServiceCallException">ReplayService cannot be reached, or refused.</exception>
    public async Task<IReplaySession> CreateAsync(ReplaySpec spec, EnvironmentInfo environment, CancellationToken cancellationToken)
    {
        var table = new TableSpec
        {
            Name = spec.Name,
            ElementType = environment.ObservationSpace.ElementType.ToMessage(),
            Capacity = spec.Capacity,
            RewindSteps = spec.RewindSteps,
            MaxStack = spec.Transitions.Stack,
            PriorityExponent = spec.Sampling == SamplingKind.Prioritized ? spec.PriorityExponent : 0,
        };
        table.ObservationShape.AddRange(environment.ObservationSpace.Shape);
        try
        {
            // Not cancelled half-way: whoever gives up has to know whether there is a table to delete.
            await client.CreateAsync(new CreateRequest { Spec = table }, cancellationToken: CancellationToken.None).ConfigureAwait(false);
            return await GrpcReplaySession
                .OpenAsync(client, ToSampler(spec), records: 0, environment.ObservationSpace.ByteCount, cancellationToken).ConfigureAwait(false);
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
        ReplaySpec spec, EnvironmentInfo environment, string mark, ReadOnlyMemory<byte> samplerState, CancellationToken cancellationToken)
    {
        try
        {
            var then = await client
                .RewindAsync(new RewindRequest { Table = spec.Name, Mark = mark }, cancellationToken: cancellationToken).ConfigureAwait(false);
            var sampler = ToSampler(spec);
            sampler.State = ByteString.CopyFrom(samplerState.Span);
            return await GrpcReplaySession
                .OpenAsync(client, sampler, then.Records, environment.ObservationSpace.ByteCount, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ServiceCallException(GrpcReplaySession.Service, e);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ServiceCallException">ReplayService cannot be reached, or refused.</exception>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteAsync(new DeleteRequest { Table = name }, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            // There is nothing to remove.
        }
        catch (RpcException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ServiceCallException(GrpcReplaySession.Service, e);
        }
    }

    private static OpenSampler ToSampler(ReplaySpec spec) => new()
    {
        Table = spec.Name,
        BatchSize = spec.BatchSize,
        Seed = spec.Seed,
        Kind = spec.Sampling == SamplingKind.Prioritized ? SamplerKind.Prioritized : SamplerKind.Uniform,
        WithReplacement = spec.Sampling == SamplingKind.WithReplacement,
        Stack = spec.Transitions.Stack,
        Padding = spec.Transitions.Padding == Core.StackPadding.Zero ? StackPadding.Zero : StackPadding.Repeat,
        Steps = spec.Transitions.Steps,
        Discount = spec.Transitions.Discount,
        // State and next state share all frames but one: k+1 of them travel instead of 2k.
        Layout = spec.Transitions is { Steps: 1, Stack: > 1 } ? Contracts.Replay.V1.BatchLayout.Window : Contracts.Replay.V1.BatchLayout.Separate,
    };
}
