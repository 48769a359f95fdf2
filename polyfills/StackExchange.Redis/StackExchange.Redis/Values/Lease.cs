using System.Buffers;

namespace StackExchange.Redis;

/// <summary>Memory borrowed from the shared array pool; <see cref="Dispose"/> gives it back.</summary>
/// <typeparam name="T">The type of an element.</typeparam>
public sealed class Lease<T> : IMemoryOwner<T>
{
    private T[]? _array;

    private Lease(T[] array, int length)
    {
        _array = array;
        Length = length;
    }

    /// <summary>No memory at all.</summary>
    public static Lease<T> Empty { get; } = new([], 0);

    /// <summary>Whether there is no element.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>The elements.</summary>
    /// <exception cref="ObjectDisposedException">They were given back.</exception>
    public Memory<T> Memory => new(Array, 0, Length);

    /// <summary>The elements.</summary>
    /// <exception cref="ObjectDisposedException">They were given back.</exception>
    public Span<T> Span => new(Array, 0, Length);

    /// <summary>The elements.</summary>
    /// <exception cref="ObjectDisposedException">They were given back.</exception>
    public ArraySegment<T> ArraySegment => new(Array, 0, Length);

    private T[] Array => _array ?? throw new ObjectDisposedException(nameof(Lease<T>));

    /// <summary>Borrows memory.</summary>
    /// <param name="length">Number of elements.</param>
    /// <param name="clear">Whether the elements are set to their default first.</param>
    public static Lease<T> Create(int length, bool clear = true)
    {
        if (length == 0)
        {
            return Empty;
        }

        var lease = new Lease<T>(ArrayPool<T>.Shared.Rent(length), length);
        if (clear)
        {
            lease.Span.Clear();
        }

        return lease;
    }

    /// <summary>Gives the memory back; nothing may use it from here on.</summary>
    public void Dispose()
    {
        if (Length != 0 && Interlocked.Exchange(ref _array, null) is { } array)
        {
            ArrayPool<T>.Shared.Return(array);
        }
    }
}
