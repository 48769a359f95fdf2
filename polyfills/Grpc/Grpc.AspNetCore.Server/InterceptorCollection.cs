using System.Collections.ObjectModel;
using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server;

/// <summary>Interceptors by type, outermost first.</summary>
public class InterceptorCollection : Collection<InterceptorRegistration>
{
    /// <summary>Adds an interceptor.</summary>
    /// <typeparam name="TInterceptor">Its type: taken from the call's services when registered there, otherwise created for each call.</typeparam>
    /// <param name="args">Constructor arguments that the services do not supply.</param>
    public void Add<TInterceptor>(params object[] args)
        where TInterceptor : Interceptor => Add(typeof(TInterceptor), args);

    /// <summary>Adds an interceptor.</summary>
    /// <param name="interceptorType">Its type: taken from the call's services when registered there, otherwise created for each call.</param>
    /// <param name="args">Constructor arguments that the services do not supply.</param>
    /// <exception cref="ArgumentException">The type is not an interceptor, or an argument is null.</exception>
    public void Add(Type interceptorType, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(interceptorType);
        if (!interceptorType.IsSubclassOf(typeof(Interceptor)))
        {
            throw new ArgumentException($"Type must inherit from {typeof(Interceptor).FullName}.", nameof(interceptorType));
        }

        Add(new InterceptorRegistration(interceptorType, args));
    }
}
