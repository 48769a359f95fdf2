using DqnAspire.Contracts.Env.V1;
using Grpc.Core;

namespace DqnAspire.EnvService.Tests;

/// <summary>The client's end of an Interact stream.</summary>
internal sealed class Session(AsyncDuplexStreamingCall<InteractRequest, InteractResponse> call) : IDisposable
{
    public AsyncDuplexStreamingCall<InteractRequest, InteractResponse> Call => call;

    public async Task<InteractResponse> SendAsync(InteractRequest request)
    {
        try
        {
            await call.RequestStream.WriteAsync(request, TestContext.Current.CancellationToken);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Cancelled)
        {
            // The service refused the session before it had read all of the request: the reason is its answer.
        }

        Assert.True(
            await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken),
            "the stream ended without a response");
        return call.ResponseStream.Current;
    }

    public async Task<LanesStepped> StepAsync(params int[] actions) =>
        (await SendAsync(new InteractRequest { Step = new StepLanes { Actions = { actions } } })).Stepped;

    public async Task<byte[]> ResetAsync(params LaneReset[] resets) =>
        (await SendAsync(new InteractRequest { Reset = new ResetLanes { Resets = { resets } } }))
            .Reset.Observations.ToByteArray();

    public void Dispose() => call.Dispose();
}
