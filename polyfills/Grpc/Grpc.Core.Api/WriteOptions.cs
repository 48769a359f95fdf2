namespace Grpc.Core;

/// <summary>How messages are written.</summary>
/// <param name="flags">Wishes.</param>
public class WriteOptions(WriteFlags flags = default)
{
    /// <summary>No wishes.</summary>
    public static readonly WriteOptions Default = new();

    /// <summary>Wishes.</summary>
    public WriteFlags Flags { get; } = flags;
}
