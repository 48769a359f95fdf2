namespace DqnAspire.Replay.Sharing;

/// <summary>
/// Says whether a table can be used, and by whom: writers and samplers belong to the generation in which they were
/// opened, and a rewind begins the next one. Not thread-safe: <see cref="SharedState.Lock"/> guards every member.
/// </summary>
/// <param name="name">Name of the table.</param>
internal sealed class Fence(string name)
{
    /// <summary>
    /// The generation: another one after each opening of the table in whichever process, and one more after each
    /// rewind. Never 0.
    /// </summary>
    public long Generation { get; private set; } = Random.Shared.NextInt64(1, long.MaxValue / 2);

    /// <summary>Whether the table is closed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether it was closed because it is deleted.</summary>
    public bool IsDeleted { get; private set; }

    /// <summary>Whether the store is being rewound; the records in memory are not those of the store then.</summary>
    public bool IsRewinding { get; private set; }

    /// <summary>Ends the generation.</summary>
    public void BeginRewind()
    {
        IsRewinding = true;
        Generation++;
    }

    /// <summary>The store and the records in memory agree again.</summary>
    public void EndRewind() => IsRewinding = false;

    /// <summary>Closes the table.</summary>
    /// <param name="isDeleted">Whether it is deleted.</param>
    /// <returns>False when it was closed before.</returns>
    public bool Close(bool isDeleted)
    {
        if (IsClosed)
        {
            return false;
        }

        (IsClosed, IsDeleted) = (true, isDeleted);
        return true;
    }

    /// <exception cref="TableClosedException">The table is closed.</exception>
    public void ThrowIfClosed()
    {
        if (IsClosed)
        {
            throw new TableClosedException(name, IsDeleted);
        }
    }

    /// <exception cref="TableRewoundException">The store is being rewound.</exception>
    public void ThrowIfRewinding()
    {
        if (IsRewinding)
        {
            throw new TableRewoundException(name);
        }
    }

    /// <summary>The generation of a writer or a sampler that is opened now.</summary>
    /// <param name="expected">The only one that it may be; 0: any.</param>
    /// <exception cref="TableClosedException">The table is closed.</exception>
    /// <exception cref="TableRewoundException">It is another generation's turn.</exception>
    public long Enter(long expected)
    {
        if (expected != 0)
        {
            ThrowIfEnded(expected);
        }

        return Generation;
    }

    /// <param name="generation">The generation of a writer or a sampler.</param>
    /// <exception cref="TableClosedException">The table is closed.</exception>
    /// <exception cref="TableRewoundException">
    /// The table was rewound since the writer or sampler was opened.
    /// </exception>
    public void ThrowIfEnded(long generation)
    {
        ThrowIfClosed();
        if (generation != Generation)
        {
            throw new TableRewoundException(name);
        }
    }
}
