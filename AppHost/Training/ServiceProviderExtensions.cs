using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.AppHost.Training;

/// <summary>The run's resource, from wherever a command is called.</summary>
internal static class ServiceProviderExtensions
{
    /// <summary>The one run in the model.</summary>
    public static TrainingResource TrainingResource(this IServiceProvider services) =>
        services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<TrainingResource>().Single();
}
