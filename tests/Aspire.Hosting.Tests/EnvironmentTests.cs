using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace DqnAspire.Aspire.Hosting.Tests;

/// <summary>What a started process finds in its environment.</summary>
public sealed class EnvironmentTests
{
    [Fact]
    public async Task Endpoint_TellsPort_InVariable()
    {
        await using var test = new TestApplication();
        var service = test.AddService("env", "env=GRPC_PORT,ASPNETCORE_URLS").WithHttpEndpoint(name: "grpc", env: "GRPC_PORT", isProxied: false);
        await test.StartAsync();

        var port = service.GetEndpoint("grpc").Port;
        Assert.Equal(port.ToString(CultureInfo.InvariantCulture), await test.VariableAsync("env", "GRPC_PORT"));
        Assert.Equal($"http://localhost:{port}", await test.VariableAsync("env", "ASPNETCORE_URLS"));
    }

    [Fact]
    public async Task Endpoint_FixedPort_IsKept()
    {
        await using var test = new TestApplication();
        var port = FreePort.Find();
        var service = test.AddService("env", "env=GRPC_PORT").WithHttpEndpoint(port: port, name: "grpc", env: "GRPC_PORT", isProxied: false);
        await test.StartAsync();

        Assert.Equal(port.ToString(CultureInfo.InvariantCulture), await test.VariableAsync("env", "GRPC_PORT"));
        Assert.Equal($"http://127.0.0.1:{port}", service.GetEndpoint("grpc").Url);
    }

    [Fact]
    public async Task Project_GetsTelemetryNamesAndEnvironmentName()
    {
        await using var test = new TestApplication();
        test.AddService("replay", "env=OTEL_SERVICE_NAME,OTEL_RESOURCE_ATTRIBUTES,DOTNET_ENVIRONMENT,ASPNETCORE_ENVIRONMENT");
        await test.StartAsync();

        Assert.Equal("replay", await test.VariableAsync("replay", "OTEL_SERVICE_NAME"));
        Assert.Equal("service.instance.id=replay", await test.VariableAsync("replay", "OTEL_RESOURCE_ATTRIBUTES"));
        Assert.Equal(test.Builder.Environment.EnvironmentName, await test.VariableAsync("replay", "DOTNET_ENVIRONMENT"));
        Assert.Equal(test.Builder.Environment.EnvironmentName, await test.VariableAsync("replay", "ASPNETCORE_ENVIRONMENT"));
    }

    [Fact]
    public async Task WithReference_Project_GivesDiscoveryVariablesOfAllEndpoints()
    {
        await using var test = new TestApplication();
        var env = test.AddService("env").WithHttpEndpoint(name: "grpc").WithHttpEndpoint(name: "http");
        test.AddService("learner", "env=services__env__grpc__0,services__env__http__0,ENV_GRPC").WithReference(env);
        await test.StartAsync();

        Assert.Equal(env.GetEndpoint("grpc").Url, await test.VariableAsync("learner", "services__env__grpc__0"));
        Assert.Equal(env.GetEndpoint("http").Url, await test.VariableAsync("learner", "services__env__http__0"));
        Assert.Equal(env.GetEndpoint("grpc").Url, await test.VariableAsync("learner", "ENV_GRPC"));
    }

    [Fact]
    public async Task WithReference_Endpoint_GivesThatOneOnly()
    {
        await using var test = new TestApplication();
        var env = test.AddService("env").WithHttpEndpoint(name: "grpc").WithHttpEndpoint(name: "http");
        test.AddService("learner", "env=services__env__grpc__0,services__env__http__0").WithReference(env.GetEndpoint("grpc"));
        await test.StartAsync();

        Assert.Equal(env.GetEndpoint("grpc").Url, await test.VariableAsync("learner", "services__env__grpc__0"));
        Assert.Equal("(none)", await test.VariableAsync("learner", "services__env__http__0"));
    }

    [Fact]
    public async Task WithReference_ConnectionString_IsPassedOn()
    {
        await using var test = new TestApplication();
        test.Builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:redis"] = "localhost:6379,password=x" });
        var redis = test.Builder.AddConnectionString("redis");
        test.AddService("replay", "env=ConnectionStrings__redis").WithReference(redis);
        await test.StartAsync();

        Assert.Equal("localhost:6379,password=x", await test.VariableAsync("replay", "ConnectionStrings__redis"));
    }

    [Fact]
    public async Task WithReference_MissingConnectionString_FailsTheResourceAndNamesIt()
    {
        await using var test = new TestApplication();
        test.AddService("replay").WithReference(test.Builder.AddConnectionString("redis"));
        await test.StartAsync();

        await test.WaitAsync("replay", KnownResourceStates.FailedToStart);
        var line = await test.WaitForLineAsync("replay", text => text.Contains("'redis'", StringComparison.Ordinal));
        Assert.True(line.IsErrorMessage);
    }

    [Fact]
    public async Task WithReference_MissingOptionalConnectionString_SetsNoVariable()
    {
        await using var test = new TestApplication();
        test.AddService("replay", "env=ConnectionStrings__redis").WithReference(test.Builder.AddConnectionString("redis"), optional: true);
        await test.StartAsync();

        Assert.Equal("(none)", await test.VariableAsync("replay", "ConnectionStrings__redis"));
    }

    [Fact]
    public async Task WithEnvironment_TakesTextEndpointsExpressionsAndCallbacks()
    {
        await using var test = new TestApplication();
        test.Builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Parameters:seed"] = "7" });
        var env = test.AddService("env").WithHttpEndpoint(name: "grpc");
        var grpc = env.GetEndpoint("grpc");
        test.AddService("learner", "env=A,B,C,D,E")
            .WithEnvironment("A", "text")
            .WithEnvironment("B", grpc)
            .WithEnvironment("C", $"port {grpc.Property(EndpointProperty.Port)} in {{braces}}")
            .WithEnvironment(context => context.EnvironmentVariables["D"] = context.Resource.Name)
            .WithEnvironment("E", test.Builder.AddParameter("seed"));
        await test.StartAsync();

        Assert.Equal("text", await test.VariableAsync("learner", "A"));
        Assert.Equal(grpc.Url, await test.VariableAsync("learner", "B"));
        Assert.Equal($"port {grpc.Port} in {{braces}}", await test.VariableAsync("learner", "C"));
        Assert.Equal("learner", await test.VariableAsync("learner", "D"));
        Assert.Equal("7", await test.VariableAsync("learner", "E"));
    }

    [Fact]
    public async Task WithReplicas_GivesEachAPort_AndListsAll()
    {
        await using var test = new TestApplication();
        var env = test.AddService("env", "env=GRPC_PORT").WithHttpEndpoint(port: 5101, name: "grpc", env: "GRPC_PORT").WithReplicas(2);
        test.AddService("learner", "env=services__env__grpc__0,services__env__grpc__1,services__env__grpc__2").WithReference(env);
        await test.StartAsync();

        var first = await test.VariableAsync("env-0", "GRPC_PORT");
        var second = await test.VariableAsync("env-1", "GRPC_PORT");
        Assert.NotEqual(first, second);
        Assert.Equal($"http://127.0.0.1:{first}", await test.VariableAsync("learner", "services__env__grpc__0"));
        Assert.Equal($"http://127.0.0.1:{second}", await test.VariableAsync("learner", "services__env__grpc__1"));
        Assert.Equal("(none)", await test.VariableAsync("learner", "services__env__grpc__2"));
    }

    [Fact]
    public async Task WithReplicas_WithoutProxy_IsRefused()
    {
        await using var test = new TestApplication();
        test.AddService("env").WithHttpEndpoint(port: 5101, name: "grpc", isProxied: false).WithReplicas(2);

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(test.StartAsync);
        Assert.Contains("'env'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'grpc'", exception.Message, StringComparison.Ordinal);
    }
}
