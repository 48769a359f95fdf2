using System.Net;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Contracts.Learner.V1;
using Grpc.Core;

namespace DqnAspire.Services.Tests;

public sealed class BeforeTheFirstRunTests(TestSystem system) : IClassFixture<TestSystem>
{
    [Fact]
    public async Task NothingCanBeEvaluated_AndTheAnswerSaysWhy()
    {
        using var call = system.Eval.Evaluate(
            new EvaluateRequest(), cancellationToken: TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<RpcException>(
            () => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Contains("No run has been started", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWatcher_WaitsForTheFirstRun_UntilItsDeadline()
    {
        using var call = system.Learner.Watch(
            new WatchRequest(),
            deadline: DateTime.UtcNow.AddSeconds(0.3),
            cancellationToken: TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<RpcException>(
            () => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Fact]
    public async Task EveryService_IsHealthy()
    {
        using var http = new HttpClient();
        foreach (var (service, address) in system.HttpAddresses)
        {
            foreach (var path in new[] { "/health", "/alive" })
            {
                using var response = await http.GetAsync(new Uri(address, path), TestContext.Current.CancellationToken);
                Assert.True(response.StatusCode == HttpStatusCode.OK, $"{service}{path}: {response.StatusCode}");
            }
        }
    }
}
