using DqnAspire.Contracts.Env.V1;
using DqnAspire.Environments;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DqnAspire.EnvService.Tests;

/// <summary>The service on Kestrel at a free loopback port, and a client of it.</summary>
internal sealed class EnvServer : IAsyncDisposable
{
    private readonly GrpcChannel _channel;

    private EnvServer(WebApplication app)
    {
        App = app;
        _channel = GrpcChannel.ForAddress(app.Urls.Single());
        Client = new Contracts.Env.V1.EnvService.EnvServiceClient(_channel);
    }

    public WebApplication App { get; }

    public Contracts.Env.V1.EnvService.EnvServiceClient Client { get; }

    /// <summary>Starts the service at a free port.</summary>
    /// <param name="settings">Settings; a name without a section is one of section "Env".</param>
    public static Task<EnvServer> StartAsync(params (string Name, string Value)[] settings) => StartAsync(0, settings);

    /// <summary>Starts the service at a port.</summary>
    public static Task<EnvServer> StartAsync(int port, params (string Name, string Value)[] settings) =>
        StartAsync(port, null, settings);

    /// <summary>Starts the service with an environment of the test's own.</summary>
    public static Task<EnvServer> StartAsync(EnvironmentDefinition environment) => StartAsync(0, environment);

    private static async Task<EnvServer> StartAsync(
        int port, EnvironmentDefinition? environment, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(
            s.Name.Contains(':', StringComparison.Ordinal) ? s.Name : $"{EnvServiceOptions.Section}:{s.Name}",
            (string?)s.Value)));
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(
                System.Net.IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.AddEnvironments();
        if (environment is not null)
        {
            builder.Services.AddEnvironment(environment);
        }

        var app = builder.Build();
        app.MapGrpcService<EnvGrpcService>();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new EnvServer(app);
    }

    public Session Interact() => new(Client.Interact(cancellationToken: TestContext.Current.CancellationToken));

    public async Task<(Session Session, LanesOpened Opened)> OpenAsync(OpenLanes open)
    {
        var session = Interact();
        var response = await session.SendAsync(new InteractRequest { Open = open });
        return (session, response.Opened);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await App.DisposeAsync();
    }
}
