using System.Buffers.Binary;
using System.Text;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Length-prefixed frames over a pair of pipes: four bytes of body length (little endian), one byte of
/// <see cref="FrameKind"/>, the body. Sending is safe from several threads; receiving is for one.
/// </summary>
internal sealed class FrameChannel(Stream input, Stream output)
{
    private const int HeaderBytes = 5;
    private const int MaxBodyBytes = 16 * 1024 * 1024;

    private readonly Lock _sending = new();

    /// <summary>Writes one frame and flushes it.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    public void Send(FrameKind kind, Action<BinaryWriter> writeBody)
    {
        using var frame = new MemoryStream();
        frame.Position = HeaderBytes;
        using (var writer = new BinaryWriter(frame, Encoding.UTF8, leaveOpen: true))
        {
            writeBody(writer);
        }

        var bytes = frame.GetBuffer().AsSpan(0, (int)frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - HeaderBytes);
        bytes[4] = (byte)kind;
        lock (_sending)
        {
            output.Write(bytes);
            output.Flush();
        }
    }

    /// <summary>Reads the next frame; null when the other side has closed the pipe.</summary>
    /// <exception cref="InvalidDataException">The stream does not carry frames.</exception>
    public (FrameKind Kind, BinaryReader Body)? Receive()
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (input.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length is < 0 or > MaxBodyBytes)
        {
            throw new InvalidDataException($"A frame announces {length} bytes; at most {MaxBodyBytes} are allowed.");
        }

        var body = new byte[length];
        return input.ReadAtLeast(body, length, throwOnEndOfStream: false) < length
            ? null
            : ((FrameKind)header[4], new BinaryReader(new MemoryStream(body, writable: false), Encoding.UTF8));
    }
}
