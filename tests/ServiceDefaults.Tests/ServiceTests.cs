using System.Diagnostics;
using System.Net;
using DqnAspire.Contracts.Env.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.ServiceDefaults.Tests;

/// <summary>A service and a client of it, both put together with the defaults, over loopback.</summary>
public sealed class ServiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnIdempotentCall_IsTriedAgain_UntilTheServiceAnswers()
    {
        var plan = new FlakyEnvService.Plan { Failures = 2 };
        await using var service = await StartAsync(plan);
        await using var client = Client(service);

        await client.GetRequiredService<EnvService.EnvServiceClient>().ListAsync(new ListRequest(), cancellationToken: Cancellation);

        Assert.Equal(3, plan.Calls);
    }

    [Fact]
    public async Task AnotherCall_IsTriedOnce()
    {
        var plan = new FlakyEnvService.Plan { Failures = 1 };
        await using var service = await StartAsync(plan);
        await using var client = Client(service);

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.GetRequiredService<EnvService.EnvServiceClient>().DescribeAsync(new DescribeRequest(), cancellationToken: Cancellation));

        Assert.Equal((StatusCode.Unavailable, "not yet", 1), (error.StatusCode, error.Status.Detail, plan.Calls));
    }

    [Fact]
    public async Task AUnaryCall_HasADeadline_UnlessItsCallerGaveOne()
    {
        var plan = new FlakyEnvService.Plan();
        await using var service = await StartAsync(plan);
        await using var client = Client(service);
        var env = client.GetRequiredService<EnvService.EnvServiceClient>();

        await env.DescribeAsync(new DescribeRequest(), cancellationToken: Cancellation);
        Assert.InRange(plan.Deadline - DateTime.UtcNow, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(31));

        await env.DescribeAsync(new DescribeRequest(), deadline: DateTime.UtcNow.AddMinutes(5), cancellationToken: Cancellation);
        Assert.InRange(plan.Deadline - DateTime.UtcNow, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(6));
    }

    [Fact]
    public async Task ATrace_GoesOnInTheServiceThatIsCalled()
    {
        var plan = new FlakyEnvService.Plan();
        await using var service = await StartAsync(plan);
        await using var client = Client(service);
        using var source = new ActivitySource("DqnAspire.ServiceTests");

        using var activity = source.StartActivity("caller");
        await client.GetRequiredService<EnvService.EnvServiceClient>().DescribeAsync(new DescribeRequest(), cancellationToken: Cancellation);

        Assert.NotNull(activity);
        Assert.Equal(activity.TraceId, plan.Trace);
    }

    [Fact]
    public async Task HealthAndMetrics_AreOnTheHttpPort()
    {
        await using var service = await StartAsync(new FlakyEnvService.Plan());
        await using var client = Client(service);
        await client.GetRequiredService<EnvService.EnvServiceClient>().DescribeAsync(new DescribeRequest(), cancellationToken: Cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(service.Urls.Last()) };

        Assert.Equal("Healthy", await http.GetStringAsync(new Uri("/health", UriKind.Relative), Cancellation));
        Assert.Equal("Healthy", await http.GetStringAsync(new Uri("/alive", UriKind.Relative), Cancellation));
        var metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancellation);
        foreach (var name in new[] { "rpc_server_call_duration_seconds_bucket", "dotnet_gc_collections_total", "kestrel_active_connections", "target_info{service_name=\"env\"" })
        {
            Assert.Contains(name, metrics, StringComparison.Ordinal);
        }

        Assert.Contains("rpc_method=\"dqn.env.v1.EnvService/Describe\"", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheGrpcPort_SpeaksNothingButHttp2()
    {
        await using var service = await StartAsync(new FlakyEnvService.Plan());
        using var http = new HttpClient { DefaultRequestVersion = HttpVersion.Version11, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        var failed = false;
        try
        {
            using var response = await http.GetAsync(new Uri(new Uri(service.Urls.First()), "/health"), Cancellation);
            failed = !response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            failed = true;
        }

        Assert.True(failed);
    }

    [Fact]
    public void Ports_ComeFromTheirVariables()
    {
        var configuration = Configuration(("GRPC_PORT", "6001"), ("HTTP_PORT", "6002"));

        Assert.Equal(new ServiceEndpoints("env", 6001, 6002), ServiceEndpoints.Env.From(configuration));
        Assert.Equal(ServiceEndpoints.Eval, ServiceEndpoints.Eval.From(Configuration()));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("65536")]
    [InlineData("http")]
    public void AVariableThatIsNoPort_IsNamed(string value)
    {
        var error = Assert.Throws<StartUpException>(() => ServiceEndpoints.Env.From(Configuration(("GRPC_PORT", value))));

        Assert.Contains($"GRPC_PORT='{value}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAddressThatIsNone_IsNamed()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("services:env:grpc:0", "nowhere")]);

        var error = Assert.Throws<StartUpException>(() => builder.AddServiceClient<EnvService.EnvServiceClient>(ServiceEndpoints.Env));

        Assert.Contains("services__env__grpc__0='nowhere'", error.Message, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(FlakyEnvService.Plan plan)
    {
        var builder = WebApplication.CreateBuilder(["--GRPC_PORT=0", "--HTTP_PORT=0", "--Logging:LogLevel:Default=None"]);
        builder.AddServiceDefaults(ServiceEndpoints.Env);
        builder.Services.AddSingleton(plan);
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGrpcService<FlakyEnvService>();
        await app.StartAsync(Cancellation);
        return app;
    }

    private static ServiceProvider Client(WebApplication service)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("services:env:grpc:0", service.Urls.First())]);
        builder.AddServiceClient<EnvService.EnvServiceClient>(ServiceEndpoints.Env, "List");
        return builder.Services.BuildServiceProvider();
    }

    private static IConfiguration Configuration(params (string Name, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Name, (string?)v.Value))).Build();
}
