namespace DqnAspire.Replay.Sharing;

/// <summary>
/// Says whether a table can be used, and by whom: writers and samplers belong to the generation in which they were
/// opened, and a rewind begins the next one. Not thread-safe: <see cref="SharedState.Lock"/> guards every member.
/// </summary>
/// <param name="name">Name of the table.</param>
internal sealed class Fence(string name)
{
    /// <summary>How often the table was rewound.</summary>
    public int Generation { get; private set; }

    /// <summary>Whether the table is closed.</summary>
    public bool IsClosed { get; private set; }

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
    /// <returns>False when it was closed before.</returns>
    public bool Close()
    {
        var wasOpen = !IsClosed;
        IsClosed = true;
        return wasOpen;
    }

    /// <exception cref="TableClosedException">The table is closed.</exception>
    public void ThrowIfClosed()
    {
        if (IsClosed)
        {
            throw new TableClosedException(name);
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

    /// <param name="generation">The generation of a writer or a sampler.</param>
    /// <exception cref="TableClosedException">The table is closed.</exception>
    /// <exception cref="TableRewoundException">
    /// The table was rewound since the writer or sampler was opened.
    /// </exception>
    public void ThrowIfEnded(int generation)
    {
        ThrowIfClosed();
        if (generation != Generation)
        {
            throw new TableRewoundException(name);
        }
    }
}
