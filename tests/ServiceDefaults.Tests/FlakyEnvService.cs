using System.Diagnostics;
using DqnAspire.Contracts.Env.V1;
using Grpc.Core;

namespace DqnAspire.ServiceDefaults.Tests;

/// <summary>
/// Unavailable a few times before it answers, at a time of the test's choosing; tells what a call came with.
/// </summary>
internal sealed class FlakyEnvService(FlakyEnvService.Plan plan) : EnvService.EnvServiceBase
{
    public override Task<ListResponse> List(ListRequest request, ServerCallContext context) =>
        Answer(new ListResponse(), context);

    public override Task<DescribeResponse> Describe(DescribeRequest request, ServerCallContext context) =>
        Answer(new DescribeResponse(), context);

    private async Task<T> Answer<T>(T response, ServerCallContext context)
    {
        plan.Deadline = context.Deadline;
        plan.Trace = Activity.Current?.TraceId;
        plan.Calls++;
        await plan.MayAnswer;
        return plan.Calls <= plan.Failures ? throw new RpcException(new Status(StatusCode.Unavailable, "not yet"))
            : response;
    }

    internal sealed class Plan
    {
        public int Failures { get; init; }

        public Task MayAnswer { get; init; } = Task.CompletedTask;

        public int Calls { get; set; }

        public DateTime Deadline { get; set; }

        public ActivityTraceId? Trace { get; set; }
    }
}
