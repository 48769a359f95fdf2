using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Grpc.Net.ClientFactory.Internal;

/// <summary>Creates clients on the channels of their names.</summary>
internal sealed class ChannelClientFactory(
    IServiceProvider services,
    ChannelInvokers channels,
    RegisteredClients registered,
    IOptionsMonitor<GrpcClientFactoryOptions> options) : GrpcClientFactory
{
    private static readonly ConcurrentDictionary<Type, ObjectFactory> Constructors = new();

    public override TClient CreateClient<TClient>(string name)
        where TClient : class
    {
        if (!registered.Contains(name))
        {
            throw new InvalidOperationException($"No gRPC client configured with name '{name}'.");
        }

        var clientOptions = options.Get(name);
        var invoker = ChannelInvokers.Intercept(channels.Get(name), clientOptions, InterceptorScope.Client, services);
        var client = clientOptions.Creator is { } create
            ? create(invoker) ?? throw new InvalidOperationException("A null instance was returned by the configured client creator.")
            : Constructors.GetOrAdd(typeof(TClient), static type => ActivatorUtilities.CreateFactory(type, [typeof(CallInvoker)]))(services, [invoker]);
        return client as TClient
            ?? throw new InvalidOperationException($"The {client.GetType().FullName} instance returned by the configured client creator is not compatible with {typeof(TClient).FullName}.");
    }
}
