using System.Reflection;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>
/// Receives a service's methods from its generated binding method, finds the service's own implementation of each, and makes handlers
/// that run it on a service created for the call, inside the interceptors.
/// </summary>
internal sealed class ServiceMethodBinder<TService>(MethodOptions options, ILogger logger) : ServiceBinderBase
    where TService : class
{
    private readonly InterceptorPipeline _interceptors = new(options.Interceptors);

    private delegate Task<TResponse> UnaryImplementation<TRequest, TResponse>(TService service, TRequest request, ServerCallContext context);

    private delegate Task<TResponse> ClientStreamingImplementation<TRequest, TResponse>(
        TService service, IAsyncStreamReader<TRequest> requests, ServerCallContext context);

    private delegate Task ServerStreamingImplementation<TRequest, TResponse>(
        TService service, TRequest request, IServerStreamWriter<TResponse> responses, ServerCallContext context);

    private delegate Task DuplexStreamingImplementation<TRequest, TResponse>(
        TService service, IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses, ServerCallContext context);

    public List<BoundMethod> Methods { get; } = [];

    /// <summary>Finds the static binding method that generated code declares on the service's base class, and binds all methods.</summary>
    /// <exception cref="InvalidOperationException">The class does not derive from a generated base class, or a method cannot be bound.</exception>
    public void Bind()
    {
        for (var type = typeof(TService); type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is not { } attribute)
            {
                continue;
            }

            var bind = attribute.BindType.GetMethod(
                attribute.BindMethodName,
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static,
                [typeof(ServiceBinderBase), type])
                ?? throw new InvalidOperationException(
                    $"Error binding gRPC service '{typeof(TService).Name}': there is no {attribute.BindType}.{attribute.BindMethodName}(ServiceBinderBase, {type.Name}).");
            bind.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [this, null], null);
            return;
        }

        throw new InvalidOperationException(
            $"Error binding gRPC service '{typeof(TService).Name}': neither the class nor a base class has a {nameof(BindServiceMethodAttribute)}. Derive it from the generated base class.");
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var (invoke, info) = Find<UnaryImplementation<TRequest, TResponse>>(method.Name, [typeof(TRequest), typeof(ServerCallContext)]);
        Add(method, info, new UnaryCallHandler<TRequest, TResponse>(method, options, logger, _interceptors.Wrap<TRequest, TResponse>(Run)));

        async Task<TResponse> Run(TRequest request, ServerCallContext context)
        {
            var (service, owned) = CreateService(context);
            try
            {
                return await invoke(service, request, context);
            }
            finally
            {
                await Disposal.DisposeIfOwnedAsync(service, owned);
            }
        }
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (invoke, info) = Find<ClientStreamingImplementation<TRequest, TResponse>>(
            method.Name, [typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext)]);
        Add(method, info, new ClientStreamingCallHandler<TRequest, TResponse>(method, options, logger, _interceptors.Wrap<TRequest, TResponse>(Run)));

        async Task<TResponse> Run(IAsyncStreamReader<TRequest> requests, ServerCallContext context)
        {
            var (service, owned) = CreateService(context);
            try
            {
                return await invoke(service, requests, context);
            }
            finally
            {
                await Disposal.DisposeIfOwnedAsync(service, owned);
            }
        }
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (invoke, info) = Find<ServerStreamingImplementation<TRequest, TResponse>>(
            method.Name, [typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext)]);
        Add(method, info, new ServerStreamingCallHandler<TRequest, TResponse>(method, options, logger, _interceptors.Wrap<TRequest, TResponse>(Run)));

        async Task Run(TRequest request, IServerStreamWriter<TResponse> responses, ServerCallContext context)
        {
            var (service, owned) = CreateService(context);
            try
            {
                await invoke(service, request, responses, context);
            }
            finally
            {
                await Disposal.DisposeIfOwnedAsync(service, owned);
            }
        }
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (invoke, info) = Find<DuplexStreamingImplementation<TRequest, TResponse>>(
            method.Name, [typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext)]);
        Add(method, info, new DuplexStreamingCallHandler<TRequest, TResponse>(method, options, logger, _interceptors.Wrap<TRequest, TResponse>(Run)));

        async Task Run(IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses, ServerCallContext context)
        {
            var (service, owned) = CreateService(context);
            try
            {
                await invoke(service, requests, responses, context);
            }
            finally
            {
                await Disposal.DisposeIfOwnedAsync(service, owned);
            }
        }
    }

    private static (TService Service, bool Owned) CreateService(ServerCallContext context) =>
        ServiceActivator<TService>.Create(context.GetHttpContext().RequestServices);

    private static (TDelegate Invoke, MethodInfo Info) Find<TDelegate>(string name, Type[] parameters)
        where TDelegate : Delegate
    {
        var info = typeof(TService).GetMethod(name, BindingFlags.Public | BindingFlags.Instance, parameters)
            ?? throw new InvalidOperationException($"Could not find '{name}' on {typeof(TService)}.");
        return (info.CreateDelegate<TDelegate>(), info);
    }

    private void Add(IMethod method, MethodInfo info, CallHandler handler) =>
        Methods.Add(new BoundMethod(method, handler.HandleAsync, [.. typeof(TService).GetCustomAttributes(inherit: true), .. info.GetCustomAttributes(inherit: true)]));
}
