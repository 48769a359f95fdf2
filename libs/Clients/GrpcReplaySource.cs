using DqnAspire.Contracts;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Replay;
using Google.Protobuf;
using Grpc.Core;

namespace DqnAspire.Clients;

/// <summary>Makes tables at ReplayService.</summary>
/// <param name="client">The service's client.</param>
public sealed class GrpcReplaySource(ReplayService.ReplayServiceClient client) : IReplaySource
{
    /// <inheritdoc/>
    /// <exception cref="ServiceCallException">ReplayService cannot be reached, or refused.</exception>
    public async Task<IReplaySession> CreateAsync(
        ReplaySpec spec, EnvironmentInfo environment, CancellationToken cancellationToken)
    {
        var space = environment.ObservationSpace;
        var table = new TableSpec
        {
            Name = spec.Name,
            ElementType = space.ElementType.ToMessage(),
            ObservationShape = { space.Shape },
            Capacity = spec.Capacity,
            RewindSteps = spec.RewindSteps,
            MaxStack = spec.Transitions.Stack,
            PriorityExponent = spec.Sampling == SamplingKind.Prioritized ? spec.PriorityExponent : 0,
        };
        // Not cancelled half-way: a caller that gives up has to know whether there is a table to delete.
        var call = client.CreateAsync(new CreateRequest { Spec = table }, cancellationToken: CancellationToken.None);
        var created = await ServiceCalls
            .GuardAsync(GrpcReplaySession.Service, call, cancellationToken).ConfigureAwait(false);
        return await GrpcReplaySession
            .OpenAsync(client, ToSampler(spec, created.Generation), records: 0, space.ByteCount, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="ServiceCallException">ReplayService cannot be reached, or refused.</exception>
    public async Task<IReplaySession> ReopenAsync(
        ReplaySpec spec,
        EnvironmentInfo environment,
        string mark,
        ReadOnlyMemory<byte> samplerState,
        CancellationToken cancellationToken)
    {
        var request = new RewindRequest { Table = spec.Name, Mark = mark };
        var call = client.RewindAsync(request, cancellationToken: cancellationToken);
        var rewound = await ServiceCalls
            .GuardAsync(GrpcReplaySession.Service, call, cancellationToken).ConfigureAwait(false);
        var sampler = ToSampler(spec, rewound.Generation);
        sampler.State = ByteString.CopyFrom(samplerState.Span);
        var observationBytes = environment.ObservationSpace.ByteCount;
        return await GrpcReplaySession.OpenAsync(
            client, sampler, rewound.Mark.Records, observationBytes, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="ServiceCallException">ReplayService cannot be reached, or refused.</exception>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var call = client.DeleteAsync(new DeleteRequest { Table = name }, cancellationToken: cancellationToken);
        try
        {
            await ServiceCalls.GuardAsync(GrpcReplaySession.Service, call, cancellationToken).ConfigureAwait(false);
        }
        catch (ServiceCallException e) when (e.StatusCode == StatusCode.NotFound)
        {
            // There is nothing to remove.
        }
    }

    private static OpenSampler ToSampler(ReplaySpec spec, long generation)
    {
        var transitions = spec.Transitions.WithSmallestLayout();
        return new OpenSampler
        {
            Table = spec.Name,
            BatchSize = spec.BatchSize,
            Seed = spec.Seed,
            Kind = spec.Sampling == SamplingKind.Prioritized ? SamplerKind.Prioritized : SamplerKind.Uniform,
            WithReplacement = spec.Sampling == SamplingKind.WithReplacement,
            Stack = transitions.Stack,
            Padding = transitions.Padding.ToMessage(),
            Steps = transitions.Steps,
            Discount = transitions.Discount,
            Layout = transitions.Layout.ToMessage(),
            Generation = generation,
        };
    }
}
