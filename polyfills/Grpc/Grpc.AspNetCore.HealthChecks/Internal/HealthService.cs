using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.HealthChecks.Internal;

/// <summary>
/// gRPC's health service over the application's health checks: Check runs them, Watch runs them once and then follows what
/// is published. With <see cref="GrpcHealthChecksOptions.UseHealthChecksCache"/> both show only what is published.
/// </summary>
internal sealed class HealthService(
    HealthServiceImpl published,
    HealthCheckService checks,
    IOptions<HealthCheckOptions> checkOptions,
    IOptions<GrpcHealthChecksOptions> options,
    IHostApplicationLifetime lifetime) : Health.V1.Health.HealthBase
{
    /// <inheritdoc/>
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        if (options.Value.UseHealthChecksCache)
        {
            return await published.Check(request, context).ConfigureAwait(false);
        }

        var response = await RunAsync(request.Service, context.CancellationToken).ConfigureAwait(false);
        return response.Status == HealthCheckResponse.Types.ServingStatus.ServiceUnknown
            ? throw new RpcException(new Status(StatusCode.NotFound, ""))
            : response;
    }

    /// <inheritdoc/>
    public override async Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        var writer = options.Value.UseHealthChecksCache
            ? responseStream
            : new FreshFirstWriter(responseStream, () => RunAsync(request.Service, context.CancellationToken));
        if (options.Value.SuppressCompletionOnShutdown)
        {
            await published.Watch(request, writer, context).ConfigureAwait(false);
            return;
        }

        // A host waits for its calls, and a client watches for as long as there is a server: one of them has to end it.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        await published.Watch(request, writer, new CallContextWithToken(context, stop.Token)).ConfigureAwait(false);
        if (!context.CancellationToken.IsCancellationRequested)
        {
            await responseStream.WriteAsync(
                new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.NotServing }).ConfigureAwait(false);
        }
    }

    private async Task<HealthCheckResponse> RunAsync(string name, CancellationToken cancellationToken)
    {
        if (!options.Value.Services.TryGet(name, out var service))
        {
            return new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.ServiceUnknown };
        }

        var report = await checks.CheckHealthAsync(
            check => checkOptions.Value.Predicate?.Invoke(check) != false && service.Includes(check.Name, check.Tags),
            cancellationToken).ConfigureAwait(false);
        return new HealthCheckResponse { Status = ServingStatuses.Of(service, report) };
    }
}
