using System.Buffers;

namespace Grpc.Net.Internal;

/// <summary>A growing buffer in a rented array. Not thread safe.</summary>
internal sealed class PooledBufferWriter : IBufferWriter<byte>, IDisposable
{
    private const int MinimumSize = 256;

    private byte[] _buffer = [];
    private int _written;

    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _written);

    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, _written);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_buffer.Length - _written));
        _written += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureFree(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureFree(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(_written);
    }

    /// <summary>Makes room for so many more bytes.</summary>
    public void EnsureFree(int count)
    {
        if (_buffer.Length - _written >= count)
        {
            return;
        }

        var grown = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_written + count), Math.Max(MinimumSize, (int)Math.Min(2L * _written, Array.MaxLength))));
        WrittenSpan.CopyTo(grown);
        Return();
        _buffer = grown;
    }

    /// <summary>Forgets what was written and keeps the array.</summary>
    public void Clear() => _written = 0;

    public void Dispose()
    {
        Return();
        _buffer = [];
        _written = 0;
    }

    private void Return()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
