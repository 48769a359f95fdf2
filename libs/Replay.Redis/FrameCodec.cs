using System.IO.Compression;
using System.Runtime.InteropServices;

namespace DqnAspire.Replay.Redis;

/// <summary>
/// Compresses observations, each by itself: deflate at its fastest. One that does not get shorter is kept as it is, and
/// known by its length. README.md has the measurements.
/// </summary>
/// <param name="observationBytes">Bytes of an observation.</param>
public sealed class FrameCodec(int observationBytes)
{
    // Shorter ones hold nothing to find: deflate's own header and the checks cost more.
    private const int MinCompressed = 64;

    // After so many in a row that did not get shorter only one in so many is tried: noise costs 20 times what a game's
    // screen does.
    private const int FruitlessTries = 16;
    private const int TryOneIn = 64;

    private readonly byte[] _compressed = new byte[observationBytes + (observationBytes / 4) + 128];
    private int _fruitless;
    private int _skipped;

    /// <summary>Compresses an observation.</summary>
    /// <param name="observation">The observation.</param>
    /// <param name="destination">Receives it; as long as an observation, at least.</param>
    /// <returns>Bytes that it came to: as many as an observation has when it is there as it was.</returns>
    public int Compress(ReadOnlySpan<byte> observation, Span<byte> destination)
    {
        if (IsWorthTrying())
        {
            var stream = new MemoryStream(_compressed);
            using (var deflate = new DeflateStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            {
                deflate.Write(observation);
            }

            var length = (int)stream.Position;
            if (length < observationBytes)
            {
                _fruitless = 0;
                _compressed.AsSpan(0, length).CopyTo(destination);
                return length;
            }

            _fruitless++;
        }

        observation.CopyTo(destination);
        return observationBytes;
    }

    /// <summary>Gives back an observation.</summary>
    /// <returns>False when the bytes are none.</returns>
    public static bool TryDecompress(ReadOnlyMemory<byte> bytes, Span<byte> observation)
    {
        if (bytes.Length == observation.Length)
        {
            bytes.Span.CopyTo(observation);
            return true;
        }

        try
        {
            MemoryMarshal.TryGetArray(bytes, out var array);
            using var deflate = new DeflateStream(
                new MemoryStream(array.Array!, array.Offset, array.Count, writable: false), CompressionMode.Decompress);
            return deflate.ReadAtLeast(
                observation, observation.Length, throwOnEndOfStream: false) == observation.Length;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private bool IsWorthTrying()
    {
        if (observationBytes < MinCompressed)
        {
            return false;
        }

        _skipped = _fruitless < FruitlessTries || _skipped == TryOneIn ? 0 : _skipped + 1;
        return _skipped == 0;
    }
}
