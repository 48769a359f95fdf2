using System.Net;

namespace StackExchange.Redis;

/// <summary>Connections to servers that all threads of a process share. Made once and kept.</summary>
public interface IConnectionMultiplexer : IDisposable, IAsyncDisposable
{
    /// <summary>A connection was lost, or an attempt to connect has failed. Raised on the thread pool.</summary>
    event EventHandler<ConnectionFailedEventArgs> ConnectionFailed;

    /// <summary>A connection is back. Raised on the thread pool.</summary>
    event EventHandler<ConnectionFailedEventArgs> ConnectionRestored;

    /// <summary>The name of the connections on the server.</summary>
    string ClientName { get; }

    /// <summary>The connection string, with the password: not for logs.</summary>
    string Configuration { get; }

    /// <summary>Whether there is a connection to any server.</summary>
    bool IsConnected { get; }

    /// <summary>Whether a server is not connected, but tried.</summary>
    bool IsConnecting { get; }

    /// <summary>The commands given so far.</summary>
    long OperationCount { get; }

    /// <summary>The time of a synchronous command in milliseconds.</summary>
    int TimeoutMilliseconds { get; }

    /// <summary>A database; cheap, need not be kept.</summary>
    /// <param name="db">Its number; the default one unless given.</param>
    /// <param name="asyncState">The state of the tasks.</param>
    IDatabase GetDatabase(int db = -1, object? asyncState = null);

    /// <summary>The addresses of the servers.</summary>
    /// <param name="configuredOnly">Whether only those of the options are wanted; there are no others here.</param>
    EndPoint[] GetEndPoints(bool configuredOnly = false);

    /// <summary>A server.</summary>
    /// <param name="host">Its host.</param>
    /// <param name="port">Its port.</param>
    /// <param name="asyncState">The state of the tasks.</param>
    /// <exception cref="ArgumentException">It is not one of the options.</exception>
    IServer GetServer(string host, int port, object? asyncState = null);

    /// <summary>A server.</summary>
    /// <param name="hostAndPort">Its address as text.</param>
    /// <param name="asyncState">The state of the tasks.</param>
    /// <exception cref="ArgumentException">It is not one of the options.</exception>
    IServer GetServer(string hostAndPort, object? asyncState = null);

    /// <summary>A server.</summary>
    /// <param name="endpoint">Its address.</param>
    /// <param name="asyncState">The state of the tasks.</param>
    /// <exception cref="ArgumentException">It is not one of the options.</exception>
    IServer GetServer(EndPoint endpoint, object? asyncState = null);

    /// <summary>All servers.</summary>
    IServer[] GetServers();

    /// <summary>Ends all connections for good.</summary>
    /// <param name="allowCommandsToComplete">Whether commands that were given before get their replies, within the time of a command.</param>
    void Close(bool allowCommandsToComplete = true);

    /// <summary>Ends all connections for good.</summary>
    /// <param name="allowCommandsToComplete">Whether commands that were given before get their replies, within the time of a command.</param>
    Task CloseAsync(bool allowCommandsToComplete = true);

    /// <inheritdoc cref="IRedisAsync.Wait(Task)"/>
    void Wait(Task task);

    /// <inheritdoc cref="IRedisAsync.Wait{T}(Task{T})"/>
    T Wait<T>(Task<T> task);

    /// <inheritdoc cref="IRedisAsync.WaitAll(Task[])"/>
    void WaitAll(params Task[] tasks);
}
