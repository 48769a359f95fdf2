using System.Diagnostics;
using Microsoft.Extensions.Options;
using OpenTelemetry;

namespace DqnAspire.ServiceDefaults.Telemetry;

/// <summary>
/// Keeps calls that are not to be traced out of the traces where they begin, at the caller; the service learns of it with the call.
/// (The instrumentation of gRPC clients has no filter.)
/// </summary>
internal sealed class TracedCallsProcessor(IOptions<TracedCalls> calls) : BaseProcessor<Activity>
{
    /// <inheritdoc/>
    public override void OnStart(Activity data)
    {
        if (data.OperationName == "Grpc.Net.Client.GrpcOut" && data.GetTagItem("grpc.method") is string method && !calls.Value.Includes(method))
        {
            data.IsAllDataRequested = false;
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
