using System.Buffers.Binary;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Core.Replay;

/// <summary>Everything that a sampler's next batch depends on besides the table.</summary>
/// <param name="Random">State of its generator; null for samplers that draw nothing.</param>
/// <param name="NextStep">Number of the next transition, for samplers that go through the table in order.</param>
public readonly record struct SamplerState(Pcg64State? Random, long NextStep)
{
    private const int Bytes = 46;
    private const byte Version = 1;

    /// <summary>The state as bytes, for checkpoints and messages.</summary>
    public byte[] ToBytes()
    {
        var random = Random.GetValueOrDefault();
        var bytes = new byte[Bytes];
        bytes[0] = Version;
        bytes[1] = (byte)((Random is null ? 0 : 1) | (random.HasBufferedHalf ? 2 : 0));
        BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(2), random.State);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(18), random.Increment);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(34), random.BufferedHalf);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(38), NextStep);
        return bytes;
    }

    /// <summary>Reads the bytes that <see cref="ToBytes"/> gave.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="ArgumentException">They are not a sampler's state.</exception>
    public static SamplerState FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Bytes || bytes[0] != Version)
        {
            throw new ArgumentException($"{bytes.Length} bytes are not a sampler's state of version {Version}.");
        }

        var random = new Pcg64State(
            BinaryPrimitives.ReadUInt128LittleEndian(bytes[2..]),
            BinaryPrimitives.ReadUInt128LittleEndian(bytes[18..]),
            (bytes[1] & 2) != 0,
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[34..]));
        return new SamplerState(
            (bytes[1] & 1) != 0 ? random : null, BinaryPrimitives.ReadInt64LittleEndian(bytes[38..]));
    }
}
