using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Orchestrator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Collects the resources of a distributed application and builds it.</summary>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly DistributedApplicationOptions _options;
    private readonly HostApplicationBuilder _inner;

    /// <summary>Creates a builder.</summary>
    /// <param name="args">Command line arguments of the application host.</param>
    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args })
    {
        ArgumentNullException.ThrowIfNull(args);
    }

    /// <summary>Creates a builder.</summary>
    /// <param name="options">How the application is built.</param>
    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _inner = new HostApplicationBuilder(new HostApplicationBuilderSettings { Args = options.Args });
        AppHostDirectory = Path.GetFullPath(options.ProjectDirectory ?? _inner.Environment.ContentRootPath);

        _inner.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        _inner.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // It writes what it then throws, so that a failed start would be told twice.
        _inner.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // A service that still starts is not healthy, and that is no event worth a line in the log.
        _inner.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", LogLevel.None);
        _inner.Logging.AddConfiguration(_inner.Configuration.GetSection("Logging"));

        ConfigureServices(_inner.Services);
    }

    /// <inheritdoc />
    public ConfigurationManager Configuration => _inner.Configuration;

    /// <inheritdoc />
    public string AppHostDirectory { get; }

    /// <inheritdoc />
    public Assembly? AppHostAssembly => _options.Assembly;

    /// <inheritdoc />
    public IHostEnvironment Environment => _inner.Environment;

    /// <inheritdoc />
    public IServiceCollection Services => _inner.Services;

    /// <inheritdoc />
    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    /// <inheritdoc />
    public DistributedApplicationExecutionContext ExecutionContext { get; } = new(DistributedApplicationOperation.Run);

    /// <inheritdoc />
    public IResourceCollection Resources { get; } = new ResourceCollection();

    /// <inheritdoc />
    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (Resources.FirstOrDefault(other => NameComparer.Equals(other.Name, resource.Name)) is { } existing)
        {
            throw new DistributedApplicationException(
                $"Cannot add resource of type '{resource.GetType()}' with name '{resource.Name}' because resource of type '{existing.GetType()}' with that name already exists. Resource names are case-insensitive.");
        }

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    /// <inheritdoc />
    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new DistributedApplicationResourceBuilder<T>(this, resource);
    }

    /// <inheritdoc />
    public DistributedApplication Build()
    {
        if (Resources.GroupBy(resource => resource.Name, NameComparer).FirstOrDefault(group => group.Count() > 1) is { } duplicate)
        {
            throw new DistributedApplicationException($"Multiple resources with the name '{duplicate.Key}'. Resource names are case-insensitive.");
        }

        var application = new DistributedApplication(_inner.Build());
        ExecutionContext.Services = application.Services;
        return application;
    }

    internal static StringComparer NameComparer => StringComparer.OrdinalIgnoreCase;

    private void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton(_options);
        services.AddSingleton(ExecutionContext);
        services.AddSingleton(Eventing);
        services.AddSingleton(_ => new DistributedApplicationModel(Resources));
        services.AddSingleton<ResourceLoggerService>();
        services.AddSingleton<ResourceNotificationService>();
        services.AddSingleton(provider => new ResourceCommandService(
            provider.GetRequiredService<ResourceNotificationService>(),
            provider.GetRequiredService<ResourceLoggerService>(),
            provider));
        // With a dashboard somebody can repair and restart a failed resource, so those that depend on it wait;
        // without one nobody can.
        services.Configure<ResourceNotificationServiceOptions>(options => options.DefaultWaitBehavior = _options.DisableDashboard
            ? WaitBehavior.StopOnResourceUnavailable
            : WaitBehavior.WaitOnResourceUnavailable);
        services.AddHealthChecks();
        services.AddSingleton(ProjectTargets.From(_options));
        services.AddSingleton(provider => provider.GetRequiredService<IConfiguration>().GetSection(OrchestratorOptions.SectionName).Get<OrchestratorOptions>() ?? new());
        services.AddSingleton<OrchestrationClient>();
        services.AddSingleton<ApplicationOrchestrator>();

        // In this order: what watches comes before what starts.
        if (_options.EnableResourceLogging)
        {
            services.AddHostedService<ResourceLogForwarder>();
        }

        services.AddHostedService<LauncherWatch>();
        services.AddHostedService<ResourceHealthMonitor>();
        if (!_options.DisableDashboard)
        {
            services.AddHostedService<DashboardHost>();
        }

        services.AddHostedService(provider => provider.GetRequiredService<ApplicationOrchestrator>());
    }
}
