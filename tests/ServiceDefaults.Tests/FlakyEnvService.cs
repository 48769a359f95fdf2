using System.Diagnostics;
using DqnAspire.Contracts.Env.V1;
using Grpc.Core;

namespace DqnAspire.ServiceDefaults.Tests;

/// <summary>Unavailable a few times before it answers; tells what deadline a call came with.</summary>
internal sealed class FlakyEnvService(FlakyEnvService.Plan plan) : EnvService.EnvServiceBase
{
    public override Task<ListResponse> List(ListRequest request, ServerCallContext context) => Answer(new ListResponse(), context);

    public override Task<DescribeResponse> Describe(DescribeRequest request, ServerCallContext context) => Answer(new DescribeResponse(), context);

    private Task<T> Answer<T>(T response, ServerCallContext context)
    {
        plan.Deadline = context.Deadline;
        plan.Trace = Activity.Current?.TraceId;
        plan.Calls++;
        return plan.Calls <= plan.Failures ? throw new RpcException(new Status(StatusCode.Unavailable, "not yet")) : Task.FromResult(response);
    }

    internal sealed class Plan
    {
        public int Failures { get; init; }

        public int Calls { get; set; }

        public DateTime Deadline { get; set; }

        public ActivityTraceId? Trace { get; set; }
    }
}
