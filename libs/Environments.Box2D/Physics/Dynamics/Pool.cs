namespace DqnAspire.Environments.Box2D.Physics.Dynamics;

/// <summary>
/// An ordered list whose removed objects are used again: it allocates only to become longer than it ever was.
/// </summary>
/// <typeparam name="T">The objects; what takes one gives all its fields new values.</typeparam>
internal sealed class Pool<T>
    where T : class, new()
{
    private T[] _items = [];

    /// <summary>Number of objects in use.</summary>
    public int Count { get; private set; }

    /// <summary>The objects in use.</summary>
    public ReadOnlySpan<T> Items => _items.AsSpan(0, Count);

    /// <summary>An object in use.</summary>
    public T this[int index] => Items[index];

    /// <summary>Takes one more into use.</summary>
    /// <returns>The object, with whatever was in it.</returns>
    public T Add()
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(4, Count * 2));
        }

        return _items[Count++] ??= new T();
    }

    /// <summary>Takes one out of use; the others keep their order.</summary>
    public void RemoveAt(int index)
    {
        var removed = _items[index];
        Count--;
        Array.Copy(_items, index + 1, _items, index, Count - index);
        _items[Count] = removed;
    }

    /// <summary>Takes all out of use.</summary>
    public void Clear() => Count = 0;
}
