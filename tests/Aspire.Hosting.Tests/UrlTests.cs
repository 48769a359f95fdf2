namespace DqnAspire.Aspire.Hosting.Tests;

/// <summary>The links of a resource.</summary>
public sealed class UrlTests
{
    [Fact]
    public async Task WithUrl_AddsAbsolute_AndExpressions_BesideTheEndpoints()
    {
        await using var test = new TestApplication();
        var eval = test.AddService("eval").WithHttpEndpoint(name: "http");
        var http = eval.GetEndpoint("http");
        eval.WithUrl("https://example.org/manual", "Manual")
            .WithUrl($"{http}/live", "Live");
        await test.StartAsync();

        var running = await test.WaitAsync("eval", KnownResourceStates.Running);
        Assert.Equal(
            [(http.Url, ""), ("https://example.org/manual", "Manual"), (http.Url + "/live", "Live")],
            running.Urls.Select(url => (url.Url, url.DisplayProperties.DisplayName)));
    }

    [Fact]
    public async Task WithUrl_Relative_ChangesTheEndpoints()
    {
        await using var test = new TestApplication();
        var eval = test.AddService("eval").WithHttpEndpoint(name: "http").WithUrl("/live", "Live");
        await test.StartAsync();

        var url = Assert.Single((await test.WaitAsync("eval", KnownResourceStates.Running)).Urls);
        Assert.Equal(eval.GetEndpoint("http").Url + "/live", url.Url);
        Assert.Equal("Live", url.DisplayProperties.DisplayName);
    }

    [Fact]
    public async Task WithUrlForEndpoint_ChangesThatOne()
    {
        await using var test = new TestApplication();
        test.AddService("eval").WithHttpEndpoint(name: "grpc").WithHttpEndpoint(name: "http")
            .WithUrlForEndpoint("grpc", url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly);
        await test.StartAsync();

        var running = await test.WaitAsync("eval", KnownResourceStates.Running);
        Assert.Equal([("grpc", true), ("http", false)], running.Urls.Select(url => (url.Name, url.IsInternal)));
    }
}
