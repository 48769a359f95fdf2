using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Net.ClientFactory;
using Grpc.Net.ClientFactory.Internal;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures registered gRPC clients. Each throws <see cref="InvalidOperationException"/> for a builder that is not from <c>AddGrpcClient</c>.</summary>
public static class GrpcHttpClientBuilderExtensions
{
    /// <summary>Changes the channel's options before it is created.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureChannel">Changes them.</param>
    public static IHttpClientBuilder ConfigureChannel(this IHttpClientBuilder builder, Action<GrpcChannelOptions> configureChannel)
    {
        ArgumentNullException.ThrowIfNull(configureChannel);
        return builder.ConfigureChannel((_, options) => configureChannel(options));
    }

    /// <summary>Changes the channel's options before it is created.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureChannel">Changes them.</param>
    public static IHttpClientBuilder ConfigureChannel(this IHttpClientBuilder builder, Action<IServiceProvider, GrpcChannelOptions> configureChannel)
    {
        ArgumentNullException.ThrowIfNull(configureChannel);
        Configure(builder, nameof(ConfigureChannel)).Configure<IServiceProvider>(
            (options, provider) => options.ChannelOptionsActions.Add(channel => configureChannel(provider, channel)));
        return builder;
    }

    /// <summary>Adds an interceptor, shared by all clients of the name, from the application's services.</summary>
    /// <typeparam name="TInterceptor">Its type, registered in the services.</typeparam>
    /// <param name="builder">The client.</param>
    public static IHttpClientBuilder AddInterceptor<TInterceptor>(this IHttpClientBuilder builder)
        where TInterceptor : Interceptor => builder.AddInterceptor<TInterceptor>(InterceptorScope.Channel);

    /// <summary>Adds an interceptor from services.</summary>
    /// <typeparam name="TInterceptor">Its type, registered in the services.</typeparam>
    /// <param name="builder">The client.</param>
    /// <param name="scope">How long an instance lives.</param>
    public static IHttpClientBuilder AddInterceptor<TInterceptor>(this IHttpClientBuilder builder, InterceptorScope scope)
        where TInterceptor : Interceptor => builder.AddInterceptor(scope, provider => provider.GetRequiredService<TInterceptor>());

    /// <summary>Adds an interceptor that is shared by all clients of the name.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureInvoker">Creates it.</param>
    public static IHttpClientBuilder AddInterceptor(this IHttpClientBuilder builder, Func<Interceptor> configureInvoker) =>
        builder.AddInterceptor(InterceptorScope.Channel, _ => configureInvoker());

    /// <summary>Adds an interceptor that is shared by all clients of the name.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureInvoker">Creates it from services.</param>
    public static IHttpClientBuilder AddInterceptor(this IHttpClientBuilder builder, Func<IServiceProvider, Interceptor> configureInvoker) =>
        builder.AddInterceptor(InterceptorScope.Channel, configureInvoker);

    /// <summary>Adds an interceptor.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="scope">How long an instance lives.</param>
    /// <param name="configureInvoker">Creates it from services.</param>
    public static IHttpClientBuilder AddInterceptor(this IHttpClientBuilder builder, InterceptorScope scope, Func<IServiceProvider, Interceptor> configureInvoker)
    {
        ArgumentNullException.ThrowIfNull(configureInvoker);
        Configure(builder, nameof(AddInterceptor)).Configure(
            options => options.InterceptorRegistrations.Add(new InterceptorRegistration(scope, configureInvoker)));
        return builder;
    }

    private static OptionsBuilder<GrpcClientFactoryOptions> Configure(IHttpClientBuilder builder, string caller)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return RegisteredClients.Of(builder.Services).Contains(builder.Name)
            ? builder.Services.AddOptions<GrpcClientFactoryOptions>(builder.Name)
            : throw new InvalidOperationException($"{caller} must be used with a gRPC client: '{builder.Name}' was not added with AddGrpcClient.");
    }
}
