using DqnAspire.Core.Plugins;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.Environments.Plugins;
using DqnAspire.EnvService.Forwarding;
using DqnAspire.ServiceDefaults.Calls;

namespace DqnAspire.EnvService;

/// <summary>What the service is made of.</summary>
public static class EnvServiceExtensions
{
    /// <summary>
    /// Adds the environments, those that the configuration names included, and the sessions' limits and metrics.
    /// </summary>
    /// <param name="builder">The service's builder.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="PluginException">
    /// An assembly that the configuration names cannot be used.
    /// </exception>
    public static IHostApplicationBuilder AddEnvironments(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<EnvServiceOptions>()
            .BindConfiguration(EnvServiceOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        // Loaded now: what is wrong with an assembly keeps the service from starting.
        var sources = builder.Configuration.GetSection(EnvironmentSources.Section).Get<EnvironmentSources>()
            ?? new EnvironmentSources();
        var registry = EnvironmentPlugins.Load(BuiltInEnvironments.Registry, sources.Assemblies);
        builder.Services.AddSingleton(sources);
        builder.Services.AddSingleton(services =>
            new EnvironmentRegistry([.. registry.Definitions, .. services.GetServices<EnvironmentDefinition>()]));
        builder.Services.AddSingleton<RemoteEnvironments>();
        builder.Services.AddSingleton<EnvMetrics>();
        builder.Services.AddSingleton<SessionSlots>();
        builder.Services.AddSingleton<LaneBudget>();
        builder.Services.AddSingleton(new ExceptionStatuses(e => EnvErrors.StatusOf(e, prefix: "")));
        return builder;
    }

    /// <summary>Adds an environment of the program that hosts the service.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="definition">The environment.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddEnvironment(
        this IServiceCollection services, EnvironmentDefinition definition) =>
        services.AddSingleton(definition);
}
