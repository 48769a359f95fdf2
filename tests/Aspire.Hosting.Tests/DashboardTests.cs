using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace DqnAspire.Aspire.Hosting.Tests;

/// <summary>The dashboard's server: what it tells, and to whom it listens.</summary>
public sealed class DashboardTests
{
    [Fact]
    public async Task Resources_AreStreamed()
    {
        await using var test = new TestApplication(dashboard: true);
        test.AddService("env").WithHttpEndpoint(name: "grpc");
        await test.StartAsync();
        using var client = new HttpClient { BaseAddress = test.DashboardAddress };

        var state = await ReadStateAsync(client, resource => resource.GetProperty("state").GetString() == KnownResourceStates.Running);
        var resource = Assert.Single(state.GetProperty("resources").EnumerateArray());
        Assert.Equal("env", resource.GetProperty("id").GetString());
        Assert.Equal("Project", resource.GetProperty("type").GetString());
        Assert.StartsWith("http://127.0.0.1:", resource.GetProperty("urls")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_NeedsTheToken()
    {
        await using var test = new TestApplication(dashboard: true);
        test.AddService("env");
        await test.StartAsync();
        using var client = new HttpClient { BaseAddress = test.DashboardAddress };
        var state = await ReadStateAsync(client, _ => true);
        var token = state.GetProperty("token").GetString()!;
        var own = test.DashboardAddress.GetLeftPart(UriPartial.Authority);

        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(client, token: null, origin: own));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(client, token: "guess", origin: own));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(client, token, origin: "http://elsewhere.example"));
        Assert.Equal(KnownResourceStates.Running, (await test.WaitAsync("env", _ => true)).State!.Text);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(client, token, origin: own));
        Assert.Equal(KnownResourceStates.Exited, (await test.WaitAsync("env", _ => true)).State!.Text);
    }

    [Fact]
    public async Task ForeignHostName_IsRefused()
    {
        await using var test = new TestApplication(dashboard: true);
        await test.StartAsync();
        using var client = new HttpClient { BaseAddress = test.DashboardAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "elsewhere.example";

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task AddressTaken_SaysWhichAndWhatToSet()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        await using var test = new TestApplication(dashboard: true);
        test.Builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ASPNETCORE_URLS"] = url });

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(test.StartAsync);

        Assert.Contains(url, exception.Message, StringComparison.Ordinal);
        Assert.Contains("ASPNETCORE_URLS", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string? token, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/resources/env/commands/{KnownResourceCommands.StopCommand}");
        request.Headers.Add("Origin", origin);
        if (token is not null)
        {
            request.Headers.Add("X-Dashboard-Token", token);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<JsonElement> ReadStateAsync(HttpClient client, Predicate<JsonElement> condition)
    {
        await using var stream = await client.GetStreamAsync(new Uri("/api/resources", UriKind.Relative), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
            {
                var state = JsonDocument.Parse(line["data: ".Length..]).RootElement;
                if (state.GetProperty("resources").EnumerateArray().Any(resource => condition(resource)))
                {
                    return state;
                }
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
