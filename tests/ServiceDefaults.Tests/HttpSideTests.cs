using System.Net;
using System.Reflection;
using DqnAspire.Contracts.Env.V1;

namespace DqnAspire.ServiceDefaults.Tests;

/// <summary>What a service answers over HTTP/1.1, and what it does not.</summary>
public sealed class HttpSideTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HealthAndMetrics_AreOnTheHttpSide()
    {
        await using var service = await TestService.StartAsync();
        await service.Env.DescribeAsync(new DescribeRequest(), cancellationToken: Cancellation);

        Assert.Equal("Healthy", await service.Http.GetStringAsync(Path("/health"), Cancellation));
        Assert.Equal("Healthy", await service.Http.GetStringAsync(Path("/alive"), Cancellation));
        var metrics = await service.Http.GetStringAsync(Path("/metrics"), Cancellation);
        foreach (var name in new[] { "dotnet_gc_collections_total", "kestrel_active_connections",
            "process_memory_usage_bytes", "http_server_active_requests" })
        {
            Assert.Contains($"\n{name}{{", metrics, StringComparison.Ordinal);
        }

        // By route and status; and a call over loopback takes less than the least of the usual bounds, 5 ms.
        Assert.Contains(metrics.Split('\n'), line => new[]
        {
            "http_server_request_duration_seconds_bucket", "http_route=\"/dqn.env.v1.EnvService/Describe\"",
            "rpc_response_status_code=\"OK\"", "le=\"0.0005\"",
        }.All(part => line.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task TheResource_IsWhatTheEnvironmentSays()
    {
        await using var service = await TestService.StartAsync(
            arguments: ["--OTEL_SERVICE_NAME=env-of-aspire", "--OTEL_RESOURCE_ATTRIBUTES=service.instance.id=abc123"]);

        var metrics = await service.Http.GetStringAsync(Path("/metrics"), Cancellation);
        Assert.Contains("service_name=\"env-of-aspire\"", metrics, StringComparison.Ordinal);
        Assert.Contains("service_instance_id=\"abc123\"", metrics, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/metrics")]
    [InlineData("/")]
    public async Task TheGrpcSide_AnswersNothingButGrpc(string path)
    {
        await using var service = await TestService.StartAsync();
        var (grpc, http) = (new Uri(service.App.Urls.First()), new Uri(service.App.Urls.Last()));

        using var oldProtocol = new HttpRequestMessage(HttpMethod.Get, new Uri(grpc, path));
        using var refused = await service.Http.SendAsync(oldProtocol, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        using var otherHost =
            new HttpRequestMessage(
                HttpMethod.Get,
                new Uri(grpc, path))
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact
            };
        otherHost.Headers.Host = http.Authority;
        using var missing = await service.Http.SendAsync(otherHost, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task ThePage_SaysWhatThereIs()
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.Http.GetAsync(Path("/"), Cancellation);
        var page = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<title>Tests</title>", page, StringComparison.Ordinal);
        Assert.Contains("Says &lt;b&gt;1 &amp; 2&lt;/b&gt;.", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/more\">/more</a></dt><dd>more &quot;pages&quot;", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/metrics\">", page, StringComparison.Ordinal);
        Assert.Contains($"gRPC at {service.App.Urls.First()}<", page, StringComparison.Ordinal);
        Assert.Contains(
            "<code>dqn.env.v1.EnvService</code></dt><dd>List, Describe, Interact<", page, StringComparison.Ordinal);
        var version = typeof(TestService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        Assert.Contains($"Version {version!.InformationalVersion}<", page, StringComparison.Ordinal);
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);
}
