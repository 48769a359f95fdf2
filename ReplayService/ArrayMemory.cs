using System.Buffers;
using System.Runtime.InteropServices;

namespace DqnAspire.ReplayService;

/// <summary>
/// The bytes of an array of numbers, as <see cref="Memory{T}"/>: a batch's columns are sent as they lie.
/// </summary>
internal sealed class ArrayMemory<T>(T[] array) : MemoryManager<byte>
    where T : unmanaged
{
    public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(array.AsSpan());

    public override MemoryHandle Pin(int elementIndex = 0) =>
        throw new NotSupportedException("A batch's columns are copied, never pinned.");

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
