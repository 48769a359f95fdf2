using System.Security.Cryptography;

namespace DqnAspire.Atari2600.Snapshots;

/// <summary>
/// A console's whole state at the end of a step: processor, chips, cartridge, random generator and both pictures. A
/// console with the same cartridge and options that restores it continues exactly as the first one did.
/// </summary>
public sealed class ConsoleSnapshot
{
    private const int HashSize = SHA256.HashSizeInBytes;
    private const int Md5Size = MD5.HashSizeInBytes;
    private const int HeaderSize = 8 + Md5Size;

    internal ConsoleSnapshot(byte[] cartridgeMd5, int size)
    {
        CartridgeMd5 = cartridgeMd5;
        Content = new byte[size];
    }

    /// <summary>Bytes of <see cref="ToArray"/>'s result; the same for all snapshots of a console.</summary>
    public int Size => HeaderSize + Content.Length + HashSize;

    internal byte[] CartridgeMd5 { get; }

    /// <summary>State, then the rows of the two pictures.</summary>
    internal byte[] Content { get; }

    /// <summary>Mark and version of the format, in front of an exported snapshot.</summary>
    private static ReadOnlySpan<byte> Magic => "A2600S\x00\x01"u8;

    /// <summary>
    /// Reads what <see cref="ToArray"/> wrote. Whether it fits a console is found out when it is restored.
    /// </summary>
    /// <exception cref="SnapshotException">The bytes are no snapshot, of another version, cut off or
    /// damaged.</exception>
    public static ConsoleSnapshot FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderSize + HashSize || !bytes.StartsWith(Magic[..6]))
        {
            throw new SnapshotException($"{bytes.Length} bytes are not a snapshot of an Atari 2600.");
        }

        if (!bytes.StartsWith(Magic))
        {
            throw new SnapshotException(
                $"The snapshot has version {(bytes[6] << 8) | bytes[7]}; "
                + $"this program reads version {(Magic[6] << 8) | Magic[7]}.");
        }

        if (!SHA256.HashData(bytes[..^HashSize]).AsSpan().SequenceEqual(bytes[^HashSize..]))
        {
            throw new SnapshotException("The snapshot is cut off or damaged: its checksum does not fit.");
        }

        var snapshot = new ConsoleSnapshot(
            bytes.Slice(Magic.Length, Md5Size).ToArray(), bytes.Length - HeaderSize - HashSize);
        bytes[HeaderSize..^HashSize].CopyTo(snapshot.Content);
        return snapshot;
    }

    /// <summary>The snapshot as bytes, with a checksum, for a file or the network.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        Magic.CopyTo(bytes);
        CartridgeMd5.CopyTo(bytes.AsSpan(Magic.Length));
        Content.CopyTo(bytes.AsSpan(HeaderSize));
        SHA256.HashData(bytes.AsSpan(..^HashSize), bytes.AsSpan(^HashSize..));
        return bytes;
    }
}
