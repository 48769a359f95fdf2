namespace Grpc.Core;

/// <summary>Wishes about how a message is written.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>The message may wait in a buffer for later ones.</summary>
    BufferHint = 0x1,

    /// <summary>The message is not compressed even when the call is.</summary>
    NoCompress = 0x2,
}
