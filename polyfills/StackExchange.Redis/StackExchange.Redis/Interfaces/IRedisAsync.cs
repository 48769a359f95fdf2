namespace StackExchange.Redis;

/// <summary>What databases and servers share: asynchronous part.</summary>
public interface IRedisAsync
{
    /// <summary>The multiplexer that this belongs to.</summary>
    IConnectionMultiplexer Multiplexer { get; }

    /// <summary>Asks the server for a sign of life.</summary>
    /// <param name="flags">How the command is sent.</param>
    /// <returns>How long the answer took.</returns>
    Task<TimeSpan> PingAsync(CommandFlags flags = CommandFlags.None);

    /// <summary>Waits for a command, at most for the time of a synchronous one.</summary>
    /// <param name="task">The command.</param>
    /// <returns>Whether it has completed.</returns>
    bool TryWait(Task task);

    /// <summary>Waits for a command, at most for the time of a synchronous one, and throws what it failed with.</summary>
    /// <param name="task">The command.</param>
    /// <exception cref="TimeoutException">It has not completed.</exception>
    void Wait(Task task);

    /// <summary>Waits for a command, at most for the time of a synchronous one, and throws what it failed with.</summary>
    /// <typeparam name="T">The type of its result.</typeparam>
    /// <param name="task">The command.</param>
    /// <returns>Its result.</returns>
    /// <exception cref="TimeoutException">It has not completed.</exception>
    T Wait<T>(Task<T> task);

    /// <summary>Waits for commands, at most for the time of a synchronous one.</summary>
    /// <param name="tasks">The commands.</param>
    /// <exception cref="TimeoutException">One has not completed.</exception>
    void WaitAll(params Task[] tasks);
}
