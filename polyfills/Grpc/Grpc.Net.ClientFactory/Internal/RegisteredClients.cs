using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Net.ClientFactory.Internal;

/// <summary>The names of the registered clients, known while services are being registered.</summary>
internal sealed class RegisteredClients
{
    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);

    public static RegisteredClients Of(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(RegisteredClients))?.ImplementationInstance is RegisteredClients found)
        {
            return found;
        }

        var created = new RegisteredClients();
        services.AddSingleton(created);
        return created;
    }

    public bool Contains(string name) => _types.ContainsKey(name);

    /// <exception cref="InvalidOperationException">The name belongs to a client of another type.</exception>
    public void Reserve(string name, Type type)
    {
        if (!_types.TryAdd(name, type) && _types[name] != type)
        {
            throw new InvalidOperationException(
                $"The gRPC client factory already has a registered client with the name '{name}', bound to the type '{_types[name].FullName}'. "
                + $"Names default to the type's name without its namespace: use an overload of AddGrpcClient that accepts a name for '{type.FullName}'.");
        }
    }
}
