using DqnAspire.Environments.BuiltIn;

namespace DqnAspire.EnvService;

/// <summary>What the service is made of.</summary>
public static class EnvServiceExtensions
{
    /// <summary>Adds the environments and the sessions' limits and metrics.</summary>
    /// <param name="builder">The service's builder.</param>
    /// <returns>The same builder.</returns>
    public static IHostApplicationBuilder AddEnvironments(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<EnvServiceOptions>()
            .BindConfiguration(EnvServiceOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton(BuiltInEnvironments.Registry);
        builder.Services.AddSingleton<EnvMetrics>();
        builder.Services.AddSingleton<SessionSlots>();
        return builder;
    }
}
