using System.Diagnostics;
using Microsoft.Extensions.Options;
using OpenTelemetry;

namespace DqnAspire.ServiceDefaults.Telemetry;

/// <summary>
/// Drops excluded calls at the caller. The trace context tells the service. (The instrumentation of gRPC clients has no
/// filter.)
/// </summary>
internal sealed class TracedCallsProcessor(IOptions<TracedCalls> calls) : BaseProcessor<Activity>
{
    /// <inheritdoc/>
    public override void OnStart(Activity data)
    {
        if (data.OperationName == "Grpc.Net.Client.GrpcOut" && data.GetTagItem("grpc.method") is string method
            && !calls.Value.Includes(method))
        {
            data.IsAllDataRequested = false;
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
