using Grpc.Net.ClientFactory;
using Grpc.Net.ClientFactory.Internal;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers gRPC clients.</summary>
public static class GrpcClientServiceExtensions
{
    /// <summary>Registers a client under the name of its type.</summary>
    /// <typeparam name="TClient">The client's type.</typeparam>
    /// <param name="services">The services.</param>
    /// <returns>Configures the client's HTTP handlers, channel and interceptors.</returns>
    public static IHttpClientBuilder AddGrpcClient<TClient>(this IServiceCollection services)
        where TClient : class => services.AddGrpcClient<TClient>(_ => { });

    /// <summary>Registers a client under the name of its type.</summary>
    /// <typeparam name="TClient">The client's type.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configureClient">Sets its options.</param>
    /// <returns>Configures the client's HTTP handlers, channel and interceptors.</returns>
    public static IHttpClientBuilder AddGrpcClient<TClient>(this IServiceCollection services, Action<GrpcClientFactoryOptions> configureClient)
        where TClient : class => services.AddGrpcClient<TClient>(typeof(TClient).Name, configureClient);

    /// <summary>Registers a client under the name of its type.</summary>
    /// <typeparam name="TClient">The client's type.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configureClient">Sets its options.</param>
    /// <returns>Configures the client's HTTP handlers, channel and interceptors.</returns>
    public static IHttpClientBuilder AddGrpcClient<TClient>(this IServiceCollection services, Action<IServiceProvider, GrpcClientFactoryOptions> configureClient)
        where TClient : class => services.AddGrpcClient<TClient>(typeof(TClient).Name, configureClient);

    /// <summary>Registers a client under a name.</summary>
    /// <typeparam name="TClient">The client's type.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, for <see cref="GrpcClientFactory"/>.</param>
    /// <returns>Configures the client's HTTP handlers, channel and interceptors.</returns>
    public static IHttpClientBuilder AddGrpcClient<TClient>(this IServiceCollection services, string name)
        where TClient : class => services.AddGrpcClient<TClient>(name, _ => { });

    /// <summary>Registers a client under a name.</summary>
    /// <typeparam name="TClient">The client's type.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, for <see cref="GrpcClientFactory"/>.</param>
    /// <param name="configureClient">Sets its options.</param>
    /// <returns>Configures the client's HTTP handlers, channel and interceptors.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">The name belongs to a client of another type.</exception>
    public static IHttpClientBuilder AddGrpcClient<TClient>(this IServiceCollection services, string name, Action<GrpcClientFactoryOptions> configureClient)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(configureClient);
        return services.AddGrpcClient<TClient>(name, (_, options) => configureClient(options));
    }

    /// <summary>Registers a client under a name.</summary>
    /// <typeparam name="TClient">The client's type.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, for <see cref="GrpcClientFactory"/>.</param>
    /// <param name="configureClient">Sets its options.</param>
    /// <returns>Configures the client's HTTP handlers, channel and interceptors.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">The name belongs to a client of another type.</exception>
    public static IHttpClientBuilder AddGrpcClient<TClient>(
        this IServiceCollection services,
        string name,
        Action<IServiceProvider, GrpcClientFactoryOptions> configureClient)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configureClient);

        RegisteredClients.Of(services).Reserve(name, typeof(TClient));
        services.AddOptions<GrpcClientFactoryOptions>(name).Configure<IServiceProvider>((options, provider) => configureClient(provider, options));
        services.TryAddTransient<GrpcClientFactory, ChannelClientFactory>();
        services.TryAddSingleton<ChannelInvokers>();
        services.AddTransient(provider => provider.GetRequiredService<GrpcClientFactory>().CreateClient<TClient>(name));

        var builder = services.AddHttpClient(name);

        // First of all configuration, so that the application's own, including defaults for all clients, can replace the handler.
        services.Insert(0, ServiceDescriptor.Singleton<Options.IConfigureOptions<HttpClientFactoryOptions>>(
            new Options.ConfigureNamedOptions<HttpClientFactoryOptions>(name, options =>
                options.HttpMessageHandlerBuilderActions.Add(handlers => handlers.PrimaryHandler = new SocketsHttpHandler
                {
                    EnableMultipleHttp2Connections = true,

                    // The channel keeps its handler for ever: connections are renewed instead, to follow changes of names.
                    PooledConnectionLifetime = options.HandlerLifetime,
                }))));
        return builder;
    }
}
