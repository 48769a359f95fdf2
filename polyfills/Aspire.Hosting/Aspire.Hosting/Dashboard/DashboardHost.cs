using System.Net;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Serves the dashboard from within the application host, at the address of configuration key <c>ASPNETCORE_URLS</c>.</summary>
internal sealed class DashboardHost(
    IConfiguration configuration,
    IHostEnvironment environment,
    ILoggerFactory loggerFactory,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    ResourceCommandService commands) : IHostedService, IAsyncDisposable
{
    public const string DefaultUrl = "http://127.0.0.1:18888";

    private readonly CancellationTokenSource _stopping = new();
    private WebApplication? _application;

    /// <summary>Address the dashboard is served at; null before it is started.</summary>
    public Uri? Address { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var urls = (configuration["ASPNETCORE_URLS"] is { Length: > 0 } configured ? configured : DefaultUrl).Split(';', StringSplitOptions.RemoveEmptyEntries);
        // Empty: settings files and variables of the application host are not meant for this server.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(DashboardHost).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().UseUrls(urls);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(loggerFactory);
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        _application = builder.Build();

        var guard = new DashboardGuard(urls);
        _application.Use(guard.InvokeAsync);
        new DashboardEndpoints(environment.ApplicationName, guard, notifications, logs, commands, _stopping.Token).Map(_application);
        try
        {
            await _application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new DistributedApplicationException(
                $"The dashboard's address {string.Join(" ", urls)} is already in use by another process. Stop that process, set ASPNETCORE_URLS to another address, or switch the dashboard off.",
                exception);
        }

        var address = _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = new Uri(address.Replace(IPAddress.Any.ToString(), "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal));
        loggerFactory.CreateLogger("Aspire.Hosting.DistributedApplication").LogInformation("Now listening on: {DashboardUrl}", Address.GetLeftPart(UriPartial.Authority));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Open event streams would hold the server until its time-out.
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_application is not null)
        {
            await _application.StopAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
            await _application.DisposeAsync().ConfigureAwait(false);
        }

        _stopping.Dispose();
    }

    /// <summary>Leaves Ctrl-C and SIGTERM to the application host, which stops the dashboard last.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
