using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>Which method of which service an endpoint serves.</summary>
public sealed class GrpcMethodMetadata
{
    /// <summary>Creates metadata.</summary>
    /// <param name="serviceType">The service's class.</param>
    /// <param name="method">The method.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public GrpcMethodMetadata(Type serviceType, IMethod method)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        ArgumentNullException.ThrowIfNull(method);
        ServiceType = serviceType;
        Method = method;
    }

    /// <summary>The service's class.</summary>
    public Type ServiceType { get; }

    /// <summary>The method.</summary>
    public IMethod Method { get; }
}
