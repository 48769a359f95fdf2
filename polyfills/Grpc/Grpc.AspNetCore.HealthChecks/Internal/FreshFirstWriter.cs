using Grpc.Core;
using Grpc.Health.V1;

namespace Grpc.AspNetCore.HealthChecks.Internal;

/// <summary>Replaces the first status of a watch, which is the one published last, by one found out now.</summary>
internal sealed class FreshFirstWriter(IServerStreamWriter<HealthCheckResponse> inner, Func<Task<HealthCheckResponse>> run)
    : IServerStreamWriter<HealthCheckResponse>
{
    private bool _begun;

    public WriteOptions? WriteOptions
    {
        get => inner.WriteOptions;
        set => inner.WriteOptions = value;
    }

    public async Task WriteAsync(HealthCheckResponse message)
    {
        var isFirst = !_begun;
        _begun = true;
        await inner.WriteAsync(isFirst ? await run().ConfigureAwait(false) : message).ConfigureAwait(false);
    }
}
