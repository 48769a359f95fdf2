using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>A distributed application: starts, watches and stops its resources.</summary>
/// <remarks>
/// Differences from the real package: resources are processes of this machine only, a resource that crashes is
/// restarted with growing pauses (see <c>OrchestratorOptions</c>), and there is no proxy in front of endpoints.
/// </remarks>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private bool _beforeStartPublished;

    /// <summary>Wraps a host.</summary>
    /// <param name="host">The host that runs the orchestration.</param>
    public DistributedApplication(IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        _host = host;
    }

    /// <inheritdoc />
    public IServiceProvider Services => _host.Services;

    /// <summary>States of the resources, and their changes.</summary>
    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Executes commands of resources.</summary>
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    /// <summary>Creates a builder without command line arguments.</summary>
    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    /// <summary>Creates a builder.</summary>
    /// <param name="args">Command line arguments of the application host.</param>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    /// <summary>Creates a builder.</summary>
    /// <param name="options">How the application is built.</param>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) =>
        new DistributedApplicationBuilder(options);

    /// <summary>
    /// Starts the resources. Completes when each one runs or has failed to start, which with
    /// <c>WaitFor</c> includes that what they wait for has become healthy. A resource that fails to start does not
    /// make this fail: its state tells.
    /// </summary>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="DistributedApplicationException">The application cannot start at all.</exception>
    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await PublishBeforeStartAsync(cancellationToken).ConfigureAwait(false);
        await _host.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops the resources, each after those that depend on it.</summary>
    /// <param name="cancellationToken">Gives up waiting for a polite end.</param>
    public virtual Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    /// <summary>Starts, waits until the application is told to stop (Ctrl-C, SIGTERM, or by its host), and stops.</summary>
    /// <param name="cancellationToken">Tells the application to stop.</param>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await PublishBeforeStartAsync(cancellationToken).ConfigureAwait(false);
        await _host.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Like <see cref="RunAsync"/>, blocking.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <inheritdoc />
    public virtual void Dispose()
    {
        _host.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_host).DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    private async Task PublishBeforeStartAsync(CancellationToken cancellationToken)
    {
        if (!_beforeStartPublished)
        {
            _beforeStartPublished = true;
            var model = Services.GetRequiredService<DistributedApplicationModel>();
            await Services.GetRequiredService<IDistributedApplicationEventing>()
                .PublishAsync(new BeforeStartEvent(Services, model), cancellationToken).ConfigureAwait(false);
        }
    }
}
