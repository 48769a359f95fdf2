using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>One way to compress messages.</summary>
public interface ICompressionProvider
{
    /// <summary>Its name in <c>grpc-encoding</c> and <c>grpc-accept-encoding</c>.</summary>
    string EncodingName { get; }

    /// <summary>Creates a stream that compresses what is written to it.</summary>
    /// <param name="stream">Where the compressed bytes go; it stays open.</param>
    /// <param name="compressionLevel">The level; null for the provider's own.</param>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>Creates a stream that decompresses what is read through it.</summary>
    /// <param name="stream">Where the compressed bytes come from; it stays open.</param>
    Stream CreateDecompressionStream(Stream stream);
}
