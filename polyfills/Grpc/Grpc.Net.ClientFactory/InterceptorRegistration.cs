using Grpc.Core.Interceptors;

namespace Grpc.Net.ClientFactory;

/// <summary>An interceptor of a registered client.</summary>
/// <param name="scope">How long an instance lives.</param>
/// <param name="creator">Creates it from services.</param>
public class InterceptorRegistration(InterceptorScope scope, Func<IServiceProvider, Interceptor> creator)
{
    /// <summary>How long an instance lives.</summary>
    public InterceptorScope Scope { get; } = scope;

    /// <summary>Creates it from services.</summary>
    public Func<IServiceProvider, Interceptor> Creator { get; } = creator;
}
