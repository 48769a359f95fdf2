using System.Buffers;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Net.Internal;

/// <summary>The encodings that one side can use, by name.</summary>
internal sealed class CompressionProviders
{
    private readonly Dictionary<string, ICompressionProvider> _providers = new(StringComparer.Ordinal);

    /// <param name="providers">The encodings; of two with one name the first counts.</param>
    public CompressionProviders(IEnumerable<ICompressionProvider> providers)
    {
        foreach (var provider in providers)
        {
            _providers.TryAdd(provider.EncodingName, provider);
        }

        Names = string.Join(',', (string[])[GrpcProtocol.IdentityEncoding, .. _providers.Keys]);
    }

    /// <summary>What both sides offer unless told otherwise.</summary>
    public static IReadOnlyList<ICompressionProvider> Default { get; } =
        [new GzipCompressionProvider(CompressionLevel.Fastest), new DeflateCompressionProvider(CompressionLevel.Fastest)];

    /// <summary>The value of <c>grpc-accept-encoding</c>, identity first.</summary>
    public string Names { get; }

    public bool Contains(string encoding) => _providers.ContainsKey(encoding);

    /// <summary>The provider of an encoding; null for none, identity and unknown ones.</summary>
    public ICompressionProvider? Find(string? encoding) => encoding is null ? null : _providers.GetValueOrDefault(encoding);

    /// <summary>Decompresses a message into a new array.</summary>
    /// <param name="payload">The compressed bytes.</param>
    /// <param name="encoding">What the peer declared in <c>grpc-encoding</c>.</param>
    /// <param name="maxSize">Limit of the decompressed size in bytes, so that a small message cannot fill the memory; null for none.</param>
    /// <exception cref="RpcException">The encoding is missing or unknown, the data is corrupt, or the result is over the limit.</exception>
    public ReadOnlySequence<byte> Decompress(in ReadOnlySequence<byte> payload, string? encoding, int? maxSize)
    {
        if (encoding is null || GrpcProtocol.IsIdentity(encoding))
        {
            throw new RpcException(new Status(
                StatusCode.Internal,
                encoding is null
                    ? "Request did not include grpc-encoding value with compressed message."
                    : "Request sent 'identity' grpc-encoding value with compressed message."));
        }

        if (!_providers.TryGetValue(encoding, out var provider))
        {
            throw new RpcException(new Status(
                StatusCode.Unimplemented,
                $"Unsupported grpc-encoding value '{encoding}'. Supported encodings: {Names.Replace(",", ", ")}"));
        }

        var output = new ArrayBufferWriter<byte>(Math.Max(256, (int)Math.Min(2 * payload.Length, maxSize ?? int.MaxValue)));
        try
        {
            using var stream = provider.CreateDecompressionStream(new MemoryStream(payload.ToArray(), writable: false));
            int read;
            while ((read = stream.Read(output.GetSpan())) > 0)
            {
                output.Advance(read);
                if (output.WrittenCount > maxSize)
                {
                    throw MessageHeader.TooLargeException();
                }
            }
        }
        catch (InvalidDataException exception)
        {
            throw new RpcException(new Status(StatusCode.Internal, $"The {encoding} data of a compressed message is corrupt.", exception));
        }

        return new ReadOnlySequence<byte>(output.WrittenMemory);
    }
}
