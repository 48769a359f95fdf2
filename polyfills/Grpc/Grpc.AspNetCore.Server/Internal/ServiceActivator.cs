using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Gives each call its service: the registered one, or a new one with its dependencies from the call's services.</summary>
internal static class ServiceActivator<TService>
    where TService : class
{
    private static readonly ObjectFactory<TService> Factory = ActivatorUtilities.CreateFactory<TService>([]);

    /// <summary>The service, and whether it was made for this call alone.</summary>
    public static (TService Service, bool Owned) Create(IServiceProvider services) =>
        services.GetService<TService>() is { } registered ? (registered, false) : (Factory(services, []), true);
}
