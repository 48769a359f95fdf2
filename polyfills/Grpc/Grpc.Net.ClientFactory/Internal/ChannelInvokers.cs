using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.Net.ClientFactory.Internal;

/// <summary>The channels of the registered clients, one for each name, with their shared interceptors. They live as long as the application.</summary>
internal sealed class ChannelInvokers(
    IServiceScopeFactory scopes,
    IOptionsMonitor<GrpcClientFactoryOptions> options,
    IHttpMessageHandlerFactory handlers,
    ILoggerFactory loggers) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<(GrpcChannel Channel, IServiceScope Scope, CallInvoker Invoker)>> _channels = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">The client has no address.</exception>
    public CallInvoker Get(string name)
    {
        var lazy = _channels.GetOrAdd(name, static (name, self) => new(() => self.Create(name)), this);
        return lazy.Value.Invoker;
    }

    public static CallInvoker Intercept(CallInvoker invoker, GrpcClientFactoryOptions options, InterceptorScope scope, IServiceProvider services) =>
        invoker.Intercept([.. options.InterceptorRegistrations.Where(registration => registration.Scope == scope).Select(registration => registration.Creator(services))]);

    public void Dispose()
    {
        foreach (var lazy in _channels.Values.Where(lazy => lazy.IsValueCreated))
        {
            lazy.Value.Channel.Dispose();
            lazy.Value.Scope.Dispose();
        }
    }

    private (GrpcChannel Channel, IServiceScope Scope, CallInvoker Invoker) Create(string name)
    {
        var clientOptions = options.Get(name);
        if (clientOptions.Address is not { } address)
        {
            throw new InvalidOperationException(
                $"Could not resolve the address for gRPC client '{name}'. Set an address when registering the client: services.AddGrpcClient<{name}>(o => o.Address = new Uri(\"https://localhost:5001\"))");
        }

        var scope = scopes.CreateScope();
        try
        {
            var channelOptions = new GrpcChannelOptions
            {
                HttpHandler = handlers.CreateHandler(name),
                LoggerFactory = loggers,
                ServiceProvider = scope.ServiceProvider,
            };
            foreach (var configure in clientOptions.ChannelOptionsActions)
            {
                configure(channelOptions);
            }

            var channel = GrpcChannel.ForAddress(address, channelOptions);
            return (channel, scope, Intercept(channel.CreateCallInvoker(), clientOptions, InterceptorScope.Channel, scope.ServiceProvider));
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    }
}
