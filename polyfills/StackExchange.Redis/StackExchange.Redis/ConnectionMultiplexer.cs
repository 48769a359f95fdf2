using System.Net;
using System.Runtime.InteropServices;

namespace StackExchange.Redis;

/// <summary>
/// Connections to servers that all threads of a process share: their commands are sent over one socket without waiting for one another, and a lost
/// connection is made anew. Made once and kept.
/// </summary>
/// <remarks>
/// Where the options name several servers, commands go to the first one that is connected and no replica.
/// </remarks>
public sealed class ConnectionMultiplexer : IConnectionMultiplexer
{
    private readonly ServerEndPoint[] _servers;
    private readonly Timer _heartbeat;
    private readonly TextWriter? _log;
    private long _operations;
    private int _disposed;

    private ConnectionMultiplexer(ConfigurationOptions options, TextWriter? log)
    {
        Options = options;
        _log = log is null ? null : TextWriter.Synchronized(log);
        _servers = [.. options.EndPoints.Select(address => new ServerEndPoint(this, address, options))];
        _heartbeat = new Timer(static state => ((ConnectionMultiplexer)state!).OnHeartbeat(), this, options.HeartbeatInterval, options.HeartbeatInterval);
    }

    /// <inheritdoc/>
    public event EventHandler<ConnectionFailedEventArgs>? ConnectionFailed;

    /// <inheritdoc/>
    public event EventHandler<ConnectionFailedEventArgs>? ConnectionRestored;

    /// <inheritdoc/>
    public string ClientName => Options.EffectiveClientName;

    /// <inheritdoc/>
    public string Configuration => Options.ToString();

    /// <inheritdoc/>
    public bool IsConnected => Array.Exists(_servers, static server => server.IsConnected);

    /// <inheritdoc/>
    public bool IsConnecting => !IsDisposed && Array.Exists(_servers, static server => !server.IsConnected);

    /// <inheritdoc/>
    public long OperationCount => Interlocked.Read(ref _operations);

    /// <inheritdoc/>
    public int TimeoutMilliseconds => Options.SyncTimeout;

    internal ConfigurationOptions Options { get; }

    private bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    /// <summary>Connects.</summary>
    /// <param name="configuration">The connection string.</param>
    /// <param name="log">Where to tell about the steps.</param>
    /// <exception cref="RedisConnectionException">No server can be reached, and the options do not say to go on trying.</exception>
    public static ConnectionMultiplexer Connect(string configuration, TextWriter? log = null) => Connect(ConfigurationOptions.Parse(configuration), log);

    /// <summary>Connects.</summary>
    /// <param name="configuration">The connection string.</param>
    /// <param name="configure">Changes to its options.</param>
    /// <param name="log">Where to tell about the steps.</param>
    /// <exception cref="RedisConnectionException">No server can be reached, and the options do not say to go on trying.</exception>
    public static ConnectionMultiplexer Connect(string configuration, Action<ConfigurationOptions> configure, TextWriter? log = null)
        => Connect(ConfigurationOptions.Parse(configuration).Apply(configure), log);

    /// <summary>Connects.</summary>
    /// <param name="configuration">The options, which are copied.</param>
    /// <param name="log">Where to tell about the steps.</param>
    /// <exception cref="RedisConnectionException">No server can be reached, and the options do not say to go on trying.</exception>
    public static ConnectionMultiplexer Connect(ConfigurationOptions configuration, TextWriter? log = null)
    {
        var multiplexer = Start(configuration, log);
        Task.WaitAll(multiplexer.Attempts());
        return multiplexer.Started();
    }

    /// <summary>Connects.</summary>
    /// <param name="configuration">The connection string.</param>
    /// <param name="log">Where to tell about the steps.</param>
    /// <exception cref="RedisConnectionException">No server can be reached, and the options do not say to go on trying.</exception>
    public static Task<ConnectionMultiplexer> ConnectAsync(string configuration, TextWriter? log = null)
        => ConnectAsync(ConfigurationOptions.Parse(configuration), log);

    /// <summary>Connects.</summary>
    /// <param name="configuration">The connection string.</param>
    /// <param name="configure">Changes to its options.</param>
    /// <param name="log">Where to tell about the steps.</param>
    /// <exception cref="RedisConnectionException">No server can be reached, and the options do not say to go on trying.</exception>
    public static Task<ConnectionMultiplexer> ConnectAsync(string configuration, Action<ConfigurationOptions> configure, TextWriter? log = null)
        => ConnectAsync(ConfigurationOptions.Parse(configuration).Apply(configure), log);

    /// <summary>Connects.</summary>
    /// <param name="configuration">The options, which are copied.</param>
    /// <param name="log">Where to tell about the steps.</param>
    /// <exception cref="RedisConnectionException">No server can be reached, and the options do not say to go on trying.</exception>
    public static async Task<ConnectionMultiplexer> ConnectAsync(ConfigurationOptions configuration, TextWriter? log = null)
    {
        var multiplexer = Start(configuration, log);
        await Task.WhenAll(multiplexer.Attempts()).ConfigureAwait(false);
        return multiplexer.Started();
    }

    /// <inheritdoc/>
    public IDatabase GetDatabase(int db = -1, object? asyncState = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(db, -1);
        return new RedisDatabase(this, db >= 0 ? db : Options.DefaultDatabase ?? 0, asyncState);
    }

    /// <inheritdoc/>
    public EndPoint[] GetEndPoints(bool configuredOnly = false) => Array.ConvertAll(_servers, static server => server.Address);

    /// <inheritdoc/>
    public IServer GetServer(string host, int port, object? asyncState = null)
    {
        EndPointCollection one = [];
        one.Add(host, port);
        return GetServer(one[0], asyncState);
    }

    /// <inheritdoc/>
    public IServer GetServer(string hostAndPort, object? asyncState = null)
        => GetServer(
            EndPointCollection.TryParse(hostAndPort) ?? throw new ArgumentException($"Could not parse host and port from '{hostAndPort}'", nameof(hostAndPort)),
            asyncState);

    /// <inheritdoc/>
    public IServer GetServer(EndPoint endpoint, object? asyncState = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new RedisServer(
            this,
            Array.Find(_servers, server => server.Address.Equals(endpoint))
                ?? throw new ArgumentException("The specified endpoint is not defined", nameof(endpoint)),
            asyncState);
    }

    /// <inheritdoc/>
    public IServer[] GetServers() => Array.ConvertAll(_servers, server => (IServer)new RedisServer(this, server, null));

    /// <inheritdoc/>
    public void Close(bool allowCommandsToComplete = true)
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _heartbeat.Dispose();
        foreach (var server in _servers)
        {
            server.Close(allowCommandsToComplete);
        }
    }

    /// <inheritdoc/>
    public Task CloseAsync(bool allowCommandsToComplete = true) => Task.Run(() => Close(allowCommandsToComplete));

    /// <inheritdoc/>
    public void Dispose() => Close(allowCommandsToComplete: true);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await CloseAsync(allowCommandsToComplete: true).ConfigureAwait(false);

    /// <inheritdoc/>
    public void Wait(Task task)
    {
        if (!TryWait(task))
        {
            throw new TimeoutException();
        }

        task.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public T Wait<T>(Task<T> task)
    {
        Wait((Task)task);
        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void WaitAll(params Task[] tasks)
    {
        if (!Task.WaitAll(tasks, TimeoutMilliseconds))
        {
            throw new TimeoutException();
        }
    }

    /// <summary>The client's name.</summary>
    public override string ToString() => ClientName;

    /// <summary>Waits for a task, whether it succeeds or fails.</summary>
    internal bool TryWait(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return ((IAsyncResult)task).IsCompleted || Task.WaitAny([task], TimeoutMilliseconds) == 0;
    }

    /// <summary>Sends a command and waits for its result.</summary>
    internal T Send<T>(Message<T> message, ServerEndPoint? server = null)
    {
        message.HasWaiter = !message.Flags.HasFlag(CommandFlags.FireAndForget);
        var target = Hand(message, server);
        if (MayForget(message, target))
        {
            return default!;
        }

        if (!TryWait(message.Result))
        {
            message.Fail(target.TimedOut(message, TimeoutMilliseconds));
        }

        return message.HasWaiter ? message.Result.GetAwaiter().GetResult() : default!;
    }

    /// <summary>Sends a command.</summary>
    internal Task<T> SendAsync<T>(Message<T> message, ServerEndPoint? server = null)
    {
        var target = Hand(message, server);
        if (!message.Flags.HasFlag(CommandFlags.FireAndForget))
        {
            return message.Result;
        }

        return MayForget(message, target)
            ? Task.FromResult(default(T)!)
            : message.Result.ContinueWith(static _ => default(T)!, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Sends commands with none of others between them.</summary>
    internal void SendTogether(List<Message> messages)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Interlocked.Add(ref _operations, messages.Count);
        SelectServer(messages[0].Flags).Send(CollectionsMarshal.AsSpan(messages));
    }

    internal void Log(string line) => _log?.WriteLine(line);

    internal void OnConnectionFailed(EndPoint address, ConnectFailedException failure)
        => Raise(ConnectionFailed, address, failure.Type, failure.InnerException ?? failure);

    internal void OnConnectionRestored(EndPoint address) => Raise(ConnectionRestored, address, ConnectionFailureType.None, null);

    private static ConnectionMultiplexer Start(ConfigurationOptions configuration, TextWriter? log)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.EndPoints.Count == 0)
        {
            throw new ArgumentException("No endpoints specified", nameof(configuration));
        }

        var options = configuration.Clone();
        options.SetDefaultPorts();
        var multiplexer = new ConnectionMultiplexer(options, log);
        foreach (var server in multiplexer._servers)
        {
            server.Start();
        }

        return multiplexer;
    }

    /// <summary>Whether the caller goes on without a reply. Where very much waits to be sent already, it does not: that is the back pressure.</summary>
    private static bool MayForget(Message message, ServerEndPoint server)
        => message.Flags.HasFlag(CommandFlags.FireAndForget) && !server.IsCrowded;

    private Task[] Attempts() => Array.ConvertAll(_servers, static server => server.Attempted);

    private ConnectionMultiplexer Started()
    {
        var refused = Array.Find(_servers, static server => server.LastFailure?.Type == ConnectionFailureType.AuthenticationFailure)?.LastFailure;
        if (IsConnected || (!Options.AbortOnConnectFail && refused is null))
        {
            return this;
        }

        Close(allowCommandsToComplete: false);
        var failure = refused ?? Array.ConvertAll(_servers, static server => server.LastFailure).FirstOrDefault(static last => last is not null);
        var text = refused is not null
            ? $"There was an authentication failure; check that passwords (or client certificates) are configured correctly: ({refused.InnerException!.GetType().Name}) {refused.Message}"
            : "Error connecting right now. To allow this multiplexer to continue retrying until it's able to connect, use abortConnect=false in your connection string or "
                + $"AbortOnConnectFail=false; in your code. {failure?.Type}: {failure?.Message}";
        throw new RedisConnectionException(
            refused is not null ? ConnectionFailureType.AuthenticationFailure : ConnectionFailureType.UnableToConnect,
            CommandFlags.None,
            "It was not possible to connect to the redis server(s). " + text,
            failure?.InnerException);
    }

    private ServerEndPoint Hand(Message message, ServerEndPoint? server)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Interlocked.Increment(ref _operations);
        server ??= SelectServer(message.Flags);
        server.Send([message]);
        return server;
    }

    private ServerEndPoint SelectServer(CommandFlags flags)
    {
        if (_servers.Length == 1)
        {
            return _servers[0];
        }

        var wantsReplica = flags.HasFlag(CommandFlags.PreferReplica);
        return Array.Find(_servers, server => server.IsConnected && server.Facts.IsReplica == wantsReplica)
            ?? Array.Find(_servers, static server => server.IsConnected)
            ?? _servers[0];
    }

    private void OnHeartbeat()
    {
        foreach (var server in _servers)
        {
            server.OnHeartbeat();
        }
    }

    private void Raise(EventHandler<ConnectionFailedEventArgs>? handler, EndPoint address, ConnectionFailureType type, Exception? cause)
    {
        if (handler is not null)
        {
            var happened = new ConnectionFailedEventArgs(this, address, ConnectionType.Interactive, type, cause!, ClientName);
            ThreadPool.QueueUserWorkItem(_ => handler(this, happened));
        }
    }
}
