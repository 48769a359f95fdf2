using Grpc.Core;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace DqnAspire.ServiceDefaults.Clients;

/// <summary>Clients of the other services.</summary>
public static class ServiceClientExtensions
{
    private const int WindowBytes = 4 << 20;
    private const int MaxMessageBytes = 64 << 20;

    /// <summary>
    /// Adds a client of another service, found by service discovery: configuration <c>Services:NAME:grpc</c>, which the
    /// application host overrides with <c>services__NAME__grpc__0</c>. A call has no deadline unless its caller sets
    /// one, because a service may wait for its own backend. HTTP/2 pings detect a peer that disappears silently.
    /// </summary>
    /// <typeparam name="TClient">The generated client.</typeparam>
    /// <param name="builder">The service's builder.</param>
    /// <param name="name">The other service's resource name, for example "env".</param>
    /// <param name="contract">The other service.</param>
    /// <param name="repeatable">
    /// Its unary methods that are retried, with back-off, when it is unavailable.
    /// </param>
    /// <exception cref="StartUpException">Configuration has no address for it, or an invalid one.</exception>
    public static IHttpClientBuilder AddServiceClient<TClient>(
        this IHostApplicationBuilder builder, string name, ServiceDescriptor contract, params string[] repeatable)
        where TClient : class
    {
        RequireAddress(builder.Configuration.GetSection($"Services:{name}:grpc"));
        return builder.Services
            .AddGrpcClient<TClient>(client => client.Address = new Uri($"http://_grpc.{name}"))
            .AddServiceDiscovery()
            .ConfigurePrimaryHttpMessageHandler(CreateHandler)
            .ConfigureChannel(channel =>
            {
                // Batches and parameters are larger than gRPC's default of 4 MiB.
                channel.MaxReceiveMessageSize = MaxMessageBytes;
                channel.ServiceConfig = repeatable.Length > 0
                    ? new ServiceConfig { MethodConfigs = { Repeat(contract, repeatable) } } : null;
            });
    }

    /// <summary>
    /// Sets a deadline on the client's unary calls that have none: for a service that answers at once or not at all.
    /// </summary>
    /// <param name="client">What <see cref="AddServiceClient"/> gave.</param>
    /// <param name="limit">The longest time of a call, all tries together.</param>
    public static IHttpClientBuilder AddDeadline(this IHttpClientBuilder client, TimeSpan limit) =>
        client.AddInterceptor(() => new DeadlineInterceptor(limit));

    /// <summary>
    /// One HTTP/2 connection, more when its streams are used up. No proxy. Pings detect a silent peer.
    /// </summary>
    private static SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        EnableMultipleHttp2Connections = true,
        // A stream of 1 MiB messages must not wait for window updates.
        InitialHttp2StreamWindowSize = WindowBytes,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
    };

    private static MethodConfig Repeat(ServiceDescriptor contract, string[] methods)
    {
        var config = new MethodConfig
        {
            RetryPolicy = new RetryPolicy
            {
                MaxAttempts = 5,
                InitialBackoff = TimeSpan.FromMilliseconds(200),
                MaxBackoff = TimeSpan.FromSeconds(2),
                BackoffMultiplier = 2,
                RetryableStatusCodes = { StatusCode.Unavailable },
            },
        };
        foreach (var method in methods)
        {
            config.Names.Add(new MethodName { Service = contract.FullName, Method = method });
        }

        return config;
    }

    private static void RequireAddress(IConfigurationSection setting)
    {
        var values = setting.GetChildren().Any() ? setting.GetChildren() : [setting];
        foreach (var value in values)
        {
            if (!Uri.TryCreate(value.Value, UriKind.Absolute, out var address)
                || address.Scheme is not ("http" or "https"))
            {
                throw new StartUpException(
                    $"{value.Path}='{value.Value}' is not a service's address, such as http://127.0.0.1:5101.");
            }
        }
    }
}
