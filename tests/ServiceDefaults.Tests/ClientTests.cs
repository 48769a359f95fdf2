using System.Diagnostics;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.ServiceDefaults.Clients;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace DqnAspire.ServiceDefaults.Tests;

/// <summary>A client of a service, both put together with the defaults, over loopback.</summary>
public sealed class ClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ACallThatMayBeRepeated_IsTriedAgain_UntilTheServiceAnswers()
    {
        var plan = new FlakyEnvService.Plan { Failures = 2 };
        await using var service = await TestService.StartAsync(plan);

        await service.Env.ListAsync(new ListRequest(), cancellationToken: Cancellation);

        Assert.Equal(3, plan.Calls);
    }

    [Fact]
    public async Task AnotherCall_IsTriedOnce()
    {
        var plan = new FlakyEnvService.Plan { Failures = 1 };
        await using var service = await TestService.StartAsync(plan);

        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await service.Env.DescribeAsync(new DescribeRequest(), cancellationToken: Cancellation));

        Assert.Equal((StatusCode.Unavailable, "not yet", 1), (error.StatusCode, error.Status.Detail, plan.Calls));
    }

    [Fact]
    public async Task WithADeadline_AUnaryCallHasIt_UnlessItsCallerGivesAnother()
    {
        var plan = new FlakyEnvService.Plan();
        await using var service =
            await TestService.StartAsync(plan, client => client.AddDeadline(TimeSpan.FromSeconds(30)));

        await service.Env.DescribeAsync(new DescribeRequest(), cancellationToken: Cancellation);
        Assert.InRange(plan.Deadline - DateTime.UtcNow, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(31));

        await service.Env.DescribeAsync(
            new DescribeRequest(), deadline: DateTime.UtcNow.AddMinutes(5), cancellationToken: Cancellation);
        Assert.InRange(plan.Deadline - DateTime.UtcNow, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(6));
    }

    [Fact]
    public async Task AServiceThatAnswersLate_LosesACallWithADeadline_AndIsWaitedForWithoutOne()
    {
        var answer = new TaskCompletionSource();
        var plan = new FlakyEnvService.Plan { MayAnswer = answer.Task };
        await using var patient = await TestService.StartAsync(plan);
        await using var hasty =
            await TestService.StartAsync(plan, client => client.AddDeadline(TimeSpan.FromSeconds(0.2)));

        var waiting = patient.Env.DescribeAsync(new DescribeRequest(), cancellationToken: Cancellation).ResponseAsync;
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await hasty.Env.DescribeAsync(new DescribeRequest(), cancellationToken: Cancellation));
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        Assert.False(waiting.IsCompleted);

        answer.SetResult();
        await waiting;
    }

    [Fact]
    public async Task AMessageAboveFourMebibytes_IsRefused_HoweverSmallItWasSent()
    {
        await using var service = await TestService.StartAsync();
        var request = new DescribeRequest { EnvironmentId = new string('x', (4 << 20) + 1) };

        foreach (var encoding in new[] { "identity", "gzip" })
        {
            var headers = new Metadata { { "grpc-internal-encoding-request", encoding } };
            var error = await Assert.ThrowsAsync<RpcException>(
                async () => await service.Env.DescribeAsync(request, headers, cancellationToken: Cancellation));
            Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        }
    }

    [Fact]
    public async Task ATrace_GoesOnInTheServiceThatIsCalled()
    {
        var plan = new FlakyEnvService.Plan();
        await using var service = await TestService.StartAsync(plan);
        using var source = new ActivitySource("DqnAspire.ServiceTests");

        using var activity = source.StartActivity("caller");
        await service.Env.DescribeAsync(new DescribeRequest(), cancellationToken: Cancellation);

        Assert.NotNull(activity);
        Assert.Equal(activity.TraceId, plan.Trace);
    }

    [Theory]
    [InlineData("services:env:grpc:0", "nowhere", "Services:env:grpc:0='nowhere'")]
    [InlineData("services:env:grpc:0", "127.0.0.1:5101", "Services:env:grpc:0='127.0.0.1:5101'")]
    [InlineData("services:env:grpc", "ftp://127.0.0.1", "Services:env:grpc='ftp://127.0.0.1'")]
    [InlineData("services:env:http:0", "http://127.0.0.1:5111", "Services:env:grpc=''")]
    public void AnAddressThatIsNone_IsNamed(string setting, string value, string told)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new(setting, value)]);

        var error = Assert.Throws<StartUpException>(
            () => builder.AddServiceClient<EnvService.EnvServiceClient>("env", EnvService.Descriptor));

        Assert.StartsWith(told, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\n', error.Message);
    }
}
