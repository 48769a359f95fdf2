using Grpc.Core;
using Grpc.Net.Client;

namespace Grpc.Net.ClientFactory;

/// <summary>Settings of a registered client.</summary>
public class GrpcClientFactoryOptions
{
    /// <summary>Creates options in which nothing is set.</summary>
    public GrpcClientFactoryOptions()
    {
    }

    /// <summary>The server's address. A scheme-and-name address such as <c>http://env</c> is resolved by the HTTP handlers, for instance by service discovery.</summary>
    public Uri? Address { get; set; }

    /// <summary>Change the channel's options before it is created.</summary>
    public IList<Action<GrpcChannelOptions>> ChannelOptionsActions { get; } = [];

    /// <summary>The interceptors, outermost first; those of scope client come before those of scope channel.</summary>
    public IList<InterceptorRegistration> InterceptorRegistrations { get; } = [];

    /// <summary>Creates the client; null to use its constructor with a <see cref="CallInvoker"/>.</summary>
    public Func<CallInvoker, object>? Creator { get; set; }
}
