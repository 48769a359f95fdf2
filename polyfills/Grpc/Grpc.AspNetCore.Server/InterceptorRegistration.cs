using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>An interceptor's type and constructor arguments.</summary>
public class InterceptorRegistration
{
    private readonly object[] _arguments;
    private readonly Lazy<ObjectFactory> _factory;

    internal InterceptorRegistration(Type type, object[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Contains(null))
        {
            throw new ArgumentException("Interceptor arguments contains a null value. Null interceptor arguments are not supported.", nameof(arguments));
        }

        Type = type;
        _arguments = arguments;
        _factory = new Lazy<ObjectFactory>(() => ActivatorUtilities.CreateFactory(Type, [.. _arguments.Select(argument => argument.GetType())]));
    }

    /// <summary>The interceptor's type.</summary>
    public Type Type { get; }

    /// <summary>Constructor arguments that the services do not supply.</summary>
    public IReadOnlyList<object> Arguments => _arguments;

    /// <summary>The interceptor for one call, and whether it was made for that call alone.</summary>
    internal (Interceptor Interceptor, bool Owned) Create(IServiceProvider services) =>
        _arguments.Length == 0 && services.GetService(Type) is Interceptor registered
            ? (registered, false)
            : ((Interceptor)_factory.Value(services, _arguments), true);
}
