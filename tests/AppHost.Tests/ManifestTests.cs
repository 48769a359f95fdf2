using System.Text.Json;

namespace DqnAspire.AppHost.Tests;

/// <summary>What Aspire's tools are given to publish.</summary>
public sealed class ManifestTests
{
    [Fact]
    public async Task TheManifest_HasTheFourServices_WithTheirEndpointsAndReferences()
    {
        await using var host = RunningAppHost.WithArguments(
            "--operation", "publish", "--publisher", "manifest", "--output-path", "aspire-manifest.json");

        Assert.Equal(0, await host.ExitAsync());

        using var manifest = JsonDocument.Parse(
            await File.ReadAllTextAsync(
                Path.Combine(host.Folder, "aspire-manifest.json"), TestContext.Current.CancellationToken));
        var resources = manifest.RootElement.GetProperty("resources");
        Assert.Equal(
            ["env", "eval", "learner", "replay"],
            resources.EnumerateObject().Select(r => r.Name).Order(StringComparer.Ordinal));
        foreach (var service in resources.EnumerateObject())
        {
            Assert.StartsWith("project.", service.Value.GetProperty("type").GetString(), StringComparison.Ordinal);
            var bindings = service.Value.GetProperty("bindings");
            Assert.Equal("http2", bindings.GetProperty("grpc").GetProperty("transport").GetString());
            Assert.Equal("http", bindings.GetProperty("http").GetProperty("transport").GetString());
        }

        var learner = resources.GetProperty("learner").GetProperty("env");
        Assert.Equal("{env.bindings.grpc.url}", learner.GetProperty("services__env__grpc__0").GetString());
        Assert.Equal("{replay.bindings.grpc.url}", learner.GetProperty("services__replay__grpc__0").GetString());
        Assert.Equal("volley", learner.GetProperty("Learner__Preset").GetString());
        Assert.Equal(
            "{learner.bindings.grpc.url}",
            resources.GetProperty("eval").GetProperty("env").GetProperty("services__learner__grpc__0").GetString());
        Assert.False(Directory.Exists(Path.Combine(host.Folder, "runs")));
    }
}
