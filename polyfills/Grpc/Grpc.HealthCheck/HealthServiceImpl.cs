using Grpc.Core;
using Grpc.Health.V1;

namespace Grpc.HealthCheck;

/// <summary>Serves statuses that are set by the application.</summary>
public class HealthServiceImpl : Health.V1.Health.HealthBase
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HealthCheckResponse.Types.ServingStatus> _statuses = [];
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Sets a service's status; those who watch it are told.</summary>
    /// <param name="service">Its name; empty for the server as a whole.</param>
    /// <param name="status">Its status.</param>
    public void SetStatus(string service, HealthCheckResponse.Types.ServingStatus status)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            if (_statuses.TryGetValue(service, out var before) && before == status)
            {
                return;
            }

            _statuses[service] = status;
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
    }

    /// <summary>Forgets a service's status; those who watch it are told SERVICE_UNKNOWN.</summary>
    /// <param name="service">Its name; empty for the server as a whole.</param>
    public void ClearStatus(string service)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _statuses.Remove(service);
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
    }

    /// <summary>Forgets every status.</summary>
    public void ClearAll()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _statuses.Clear();
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
    }

    /// <inheritdoc/>
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        var (status, _) = Get(request.Service);
        return status == HealthCheckResponse.Types.ServingStatus.ServiceUnknown
            ? throw new RpcException(new Status(StatusCode.NotFound, ""))
            : Task.FromResult(new HealthCheckResponse { Status = status });
    }

    /// <summary>Tells a service's status now and whenever it changes, until the call is cancelled.</summary>
    /// <param name="request">The service.</param>
    /// <param name="responseStream">Where the statuses go.</param>
    /// <param name="context">The call.</param>
    public override async Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        HealthCheckResponse.Types.ServingStatus? told = null;
        while (!context.CancellationToken.IsCancellationRequested)
        {
            var (status, changed) = Get(request.Service);
            if (status != told)
            {
                told = status;
                await responseStream.WriteAsync(new HealthCheckResponse { Status = status }).ConfigureAwait(false);
            }

            // The token ends the watch between two writes: what has been begun is written whole.
            await changed.WaitAsync(context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private (HealthCheckResponse.Types.ServingStatus Status, Task Changed) Get(string service)
    {
        lock (_lock)
        {
            return (_statuses.GetValueOrDefault(service, HealthCheckResponse.Types.ServingStatus.ServiceUnknown), _changed.Task);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
