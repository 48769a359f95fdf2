using Google.Protobuf;

namespace DqnAspire.Grpc.Tests;

public static class Payloads
{
    /// <summary>Bytes 0, 1, 2, ... of the given length: well compressible, and a missing or doubled piece shows.</summary>
    public static ByteString Create(int size)
    {
        var bytes = new byte[size];
        for (var i = 0; i < size; i++)
        {
            bytes[i] = (byte)(i + (i >> 8));
        }

        return UnsafeByteOperations.UnsafeWrap(bytes);
    }
}
