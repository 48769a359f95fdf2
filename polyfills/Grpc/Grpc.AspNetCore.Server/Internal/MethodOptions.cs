using System.IO.Compression;
using Grpc.Net.Internal;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The settings that apply to a method: its service's where set, otherwise those of all services.</summary>
internal sealed class MethodOptions
{
    public MethodOptions(GrpcServiceOptions all, GrpcServiceOptions service)
    {
        MaxSendMessageSize = service.MaxSendMessageSizeSpecified ? service.MaxSendMessageSize : all.MaxSendMessageSize;
        MaxReceiveMessageSize =
            service.MaxReceiveMessageSizeSpecified ? service.MaxReceiveMessageSize
            : all.MaxReceiveMessageSizeSpecified ? all.MaxReceiveMessageSize
            : GrpcProtocol.DefaultMaxReceiveMessageSize;
        EnableDetailedErrors = service.EnableDetailedErrors ?? all.EnableDetailedErrors ?? false;
        IgnoreUnknownMethods = service.IgnoreUnknownServices ?? all.IgnoreUnknownServices ?? false;
        ResponseEncoding = service.ResponseCompressionAlgorithm ?? all.ResponseCompressionAlgorithm;
        ResponseCompressionLevel = service.ResponseCompressionLevel ?? all.ResponseCompressionLevel;
        Interceptors = [.. all.Interceptors, .. service.Interceptors];
        Compression = new CompressionProviders([
            .. service.CompressionProviders,
            .. all.CompressionProviders,
            .. all.CompressionProviders.Count == 0 ? CompressionProviders.Default : []]);
        if (ResponseEncoding is not null && !GrpcProtocol.IsIdentity(ResponseEncoding) && !Compression.Contains(ResponseEncoding))
        {
            throw new InvalidOperationException(
                $"The configured response compression algorithm '{ResponseEncoding}' does not have a matching compression provider. Known encodings: {Compression.Names}.");
        }
    }

    public int? MaxSendMessageSize { get; }

    public int? MaxReceiveMessageSize { get; }

    public bool EnableDetailedErrors { get; }

    public bool IgnoreUnknownMethods { get; }

    public string? ResponseEncoding { get; }

    public CompressionLevel? ResponseCompressionLevel { get; }

    public IReadOnlyList<InterceptorRegistration> Interceptors { get; }

    public CompressionProviders Compression { get; }
}
