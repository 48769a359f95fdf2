using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.AspNetCore.Server;

/// <summary>Settings of all services, or of one: what a service leaves open is taken from the settings of all.</summary>
public class GrpcServiceOptions
{
    private int? _maxSendMessageSize;
    private int? _maxReceiveMessageSize;

    /// <summary>Creates options in which nothing is set.</summary>
    public GrpcServiceOptions()
    {
    }

    /// <summary>Longest message that may be sent, in bytes before compression; null for no limit, which is the default. Longer ones fail with ResourceExhausted.</summary>
    public int? MaxSendMessageSize
    {
        get => _maxSendMessageSize;
        set => (_maxSendMessageSize, MaxSendMessageSizeSpecified) = (value, true);
    }

    /// <summary>Longest message that is accepted, in bytes; null for no limit, 4 MiB by default. Longer ones fail with ResourceExhausted.</summary>
    public int? MaxReceiveMessageSize
    {
        get => _maxReceiveMessageSize;
        set => (_maxReceiveMessageSize, MaxReceiveMessageSizeSpecified) = (value, true);
    }

    /// <summary>Whether the text of an exception that a handler lets escape goes to the client. False by default: it may tell more than the client should know.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>The encoding of responses to clients that accept it, such as <c>gzip</c>; null for none. It needs a provider.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    /// <summary>Level of response compression; null for the provider's own.</summary>
    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>The encodings that the server can use; gzip and deflate when none are added.</summary>
    public IList<ICompressionProvider> CompressionProviders { get; set; } = [];

    /// <summary>Whether requests for services and methods that do not exist are left to other endpoints instead of being answered with Unimplemented.</summary>
    public bool? IgnoreUnknownServices { get; set; }

    /// <summary>The interceptors of every call, outermost first. Those of all services come before those of one.</summary>
    public InterceptorCollection Interceptors { get; } = [];

    internal bool MaxSendMessageSizeSpecified { get; private set; }

    internal bool MaxReceiveMessageSizeSpecified { get; private set; }
}
