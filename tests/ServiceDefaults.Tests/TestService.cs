using DqnAspire.Contracts.Env.V1;
using DqnAspire.ServiceDefaults.Clients;
using DqnAspire.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DqnAspire.ServiceDefaults.Tests;

/// <summary>A service put together with the defaults, at free loopback ports, and a client of it.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly ServiceProvider _clients;

    private TestService(WebApplication app, Action<IHttpClientBuilder> configureClient)
    {
        App = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Last()) };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("services:env:grpc:0", app.Urls.First())]);
        builder.Services.AddServiceDiscovery();
        configureClient(builder.AddServiceClient<EnvService.EnvServiceClient>("env", EnvService.Descriptor, "List"));
        _clients = builder.Services.BuildServiceProvider();
    }

    public WebApplication App { get; }

    public HttpClient Http { get; }

    public EnvService.EnvServiceClient Env => _clients.GetRequiredService<EnvService.EnvServiceClient>();

    public static string[] Arguments { get; } =
    [
        "--Kestrel:Endpoints:grpc:Url=http://127.0.0.1:0", "--Kestrel:Endpoints:grpc:Protocols=Http2",
        "--Kestrel:Endpoints:http:Url=http://127.0.0.1:0", "--Kestrel:Endpoints:http:Protocols=Http1",
        "--OTEL_SERVICE_NAME=env", "--Logging:LogLevel:Default=None",
    ];

    public static async Task<TestService> StartAsync(
        FlakyEnvService.Plan? plan = null, Action<IHttpClientBuilder>? configureClient = null,
        params string[] arguments)
    {
        var app = Build([.. Arguments, .. arguments], plan);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestService(app, configureClient ?? (_ => { }));
    }

    public static WebApplication Build(string[] arguments, FlakyEnvService.Plan? plan = null)
    {
        var builder = ServiceHost.CreateBuilder(typeof(TestService).Assembly, arguments);
        builder.AddServiceDefaults();
        builder.Services.AddSingleton(plan ?? new FlakyEnvService.Plan());
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapServicePage(typeof(TestService).Assembly, "Says <b>1 & 2</b>.", ("/more", "more \"pages\""));
        app.MapGrpcService<FlakyEnvService>();
        return app;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _clients.DisposeAsync();
        await App.DisposeAsync();
    }
}
