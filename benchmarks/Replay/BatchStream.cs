using DqnAspire.Contracts.Replay.V1;
using Grpc.Core;

namespace DqnAspire.Benchmarks.Replay;

/// <summary>Batches of a table, prefetched: while one is used, as many as were asked for are drawn and sent.</summary>
internal sealed class BatchStream : IDisposable
{
    private readonly AsyncDuplexStreamingCall<SampleRequest, SampleResponse> _call;
    private readonly SampleRequest _more = new() { Credit = new SampleCredit { Batches = 1 } };

    private BatchStream(AsyncDuplexStreamingCall<SampleRequest, SampleResponse> call) => _call = call;

    /// <summary>Opens a sampler.</summary>
    /// <param name="client">The service's client.</param>
    /// <param name="sampler">What to sample, and how.</param>
    /// <param name="prefetch">Batches that are prepared or on their way at any time, at least 1.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public static async Task<BatchStream> OpenAsync(
        Contracts.Replay.V1.ReplayService.ReplayServiceClient client,
        OpenSampler sampler,
        int prefetch,
        CancellationToken cancellationToken)
    {
        var call = client.Sample(cancellationToken: cancellationToken);
        await call.RequestStream.WriteAsync(
            new SampleRequest { Open = sampler }, cancellationToken).ConfigureAwait(false);
        var credit = new SampleRequest { Credit = new SampleCredit { Batches = prefetch } };
        await call.RequestStream.WriteAsync(credit, cancellationToken).ConfigureAwait(false);
        return new BatchStream(call);
    }

    /// <summary>Waits for the next batch, and asks for another one.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async ValueTask<SampleResponse> NextAsync(CancellationToken cancellationToken)
    {
        if (!await _call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            throw new BenchmarkException("ReplayService ended the stream of batches.");
        }

        await _call.RequestStream.WriteAsync(_more, cancellationToken).ConfigureAwait(false);
        return _call.ResponseStream.Current;
    }

    public void Dispose() => _call.Dispose();
}
