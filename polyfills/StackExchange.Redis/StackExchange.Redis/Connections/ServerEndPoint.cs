using System.Globalization;
using System.Net;
using System.Text;

namespace StackExchange.Redis;

/// <summary>A server as the multiplexer sees it: connected to, lost, connected to again, until it is closed.</summary>
internal sealed class ServerEndPoint
{
    /// <summary>Commands that are moved to the writer at once.</summary>
    private const int WriteBatch = 64;

    /// <summary>A connection that was lost sooner than this counts as a failed attempt, so that the pauses grow.</summary>
    private const int ShortLifeMilliseconds = 1000;

    /// <summary>How often the retry policy is asked.</summary>
    private const int RetryPollMilliseconds = 20;

    /// <summary>A connection on which nothing comes for this many times the time of a command is given up.</summary>
    private const int SilentTimeouts = 4;

    private readonly ConnectionMultiplexer _multiplexer;
    private readonly ConfigurationOptions _options;
    private readonly MessageQueue _queue = new();
    private readonly ManualResetEventSlim _closing = new();
    private readonly TaskCompletionSource _attempted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _closingGate = new();
    private volatile Connection? _connection;
    private ServerFacts _facts = ServerFacts.Unknown;
    private ConnectFailedException? _lastFailure;
    private int _attempts;
    private int _connects;

    public ServerEndPoint(ConnectionMultiplexer multiplexer, EndPoint address, ConfigurationOptions options)
    {
        _multiplexer = multiplexer;
        _options = options;
        Address = address;
    }

    public EndPoint Address { get; }

    /// <summary>What the server said at the last connect.</summary>
    public ServerFacts Facts => Volatile.Read(ref _facts);

    public bool IsConnected => _connection is not null && !_closing.IsSet;

    public bool IsCrowded => _queue.IsCrowded;

    /// <summary>Why there is or was no connection; null if there never was a failure.</summary>
    public ConnectFailedException? LastFailure => Volatile.Read(ref _lastFailure);

    /// <summary>Done when the server is connected or the first attempts have failed.</summary>
    public Task Attempted => _attempted.Task;

    private string Name => EndPointCollection.ToString(Address);

    /// <summary>Begins to connect.</summary>
    public void Start()
    {
        new Thread(Live) { IsBackground = true, Name = $"Redis {Name} reader" }.Start();
        new Thread(WriteLoop) { IsBackground = true, Name = $"Redis {Name} writer" }.Start();
    }

    /// <summary>Adds commands to what is sent, one behind the other. They fail here where there is no connection and the options say so.</summary>
    public void Send(ReadOnlySpan<Message> messages)
    {
        if (_queue.TryAdd(messages, _options.BacklogPolicy.QueueWhileDisconnected))
        {
            return;
        }

        foreach (var message in messages)
        {
            var cause = LastFailure?.InnerException;
            message.Fail(new RedisConnectionException(
                ConnectionFailureType.UnableToResolvePhysicalConnection,
                message.Flags,
                $"No connection is active/available to service this operation: {message.Label(_options.IncludeDetailInExceptions)}; {cause?.Message}",
                cause,
                CommandStatus.WaitingInBacklog));
        }
    }

    /// <summary>The exception for a command whose time is up.</summary>
    public RedisTimeoutException TimedOut(Message message, int milliseconds)
    {
        var text = new StringBuilder(message.Status switch
        {
            CommandStatus.WaitingInBacklog => "The message timed out in the backlog attempting to send because no connection became available",
            CommandStatus.WaitingToBeSent => "The timeout was reached before the message could be written, and it was not sent",
            _ => "Timeout awaiting response",
        });
        text.Append(CultureInfo.InvariantCulture, $" ({milliseconds}ms)");
        if (message.Status == CommandStatus.WaitingInBacklog && LastFailure is { } failure)
        {
            text.Append(CultureInfo.InvariantCulture, $" - Last Connection Exception: {failure.Message}");
        }

        text.Append(CultureInfo.InvariantCulture, $", command={message.Label(_options.IncludeDetailInExceptions)}");
        if (_options.IncludeDetailInExceptions)
        {
            var silent = _connection is { } connection ? Environment.TickCount64 - connection.LastRead : -1;
            text.Append(CultureInfo.InvariantCulture, $", qu: {_queue.PendingCount}, qs: {_queue.InFlightCount}, last-read: {silent}ms ago");
            text.Append(CultureInfo.InvariantCulture, $", serverEndpoint: {Name}, mc: {_attempts}/{_connects}, clientName: {_options.EffectiveClientName}");
        }

        return new RedisTimeoutException(message.Flags, text.ToString(), message.Status);
    }

    /// <summary>Looks after commands that wait too long, and after a connection that has gone quiet.</summary>
    public void OnHeartbeat()
    {
        var now = Environment.TickCount64;
        foreach (var message in _queue.Overdue(now - _options.AsyncTimeout))
        {
            message.Fail(TimedOut(message, _options.AsyncTimeout));
        }

        if (_connection is not { } connection)
        {
            return;
        }

        var patience = (long)SilentTimeouts * Math.Max(_options.AsyncTimeout, _options.SyncTimeout);
        if (_queue.OldestInFlight() is { } oldest && now - Math.Max(oldest, connection.LastRead) > patience)
        {
            connection.Abort(ConnectionFailureType.SocketFailure, new TimeoutException($"The server has been silent for {patience} ms."));
        }
        else if (_options.KeepAlive > 0 && now - Math.Max(connection.LastRead, connection.LastWrite) > _options.KeepAlive * 1000L)
        {
            Send([new Message<bool>(-1, new Request<bool>(Replies.Accepted, "PING"), CommandFlags.FireAndForget)]);
        }
    }

    /// <summary>Ends the connection for good.</summary>
    /// <param name="allowCommandsToComplete">Whether commands that were given before get their replies, within the time of a command.</param>
    public void Close(bool allowCommandsToComplete)
    {
        if (allowCommandsToComplete)
        {
            _queue.WaitUntilEmpty(TimeSpan.FromMilliseconds(_options.AsyncTimeout));
        }

        var reason = new RedisConnectionException(ConnectionFailureType.ConnectionDisposed, CommandFlags.None, $"The connection to {Name} was closed.");
        lock (_closingGate)
        {
            _closing.Set();
        }

        foreach (var message in _queue.Close())
        {
            message.Fail(new RedisConnectionException(reason.FailureType, message.Flags, reason.Message, null, message.Status));
        }

        _connection?.Abort(ConnectionFailureType.ConnectionDisposed, reason);
        _attempted.TrySetResult();
    }

    /// <summary>The life of the server's reading thread.</summary>
    private void Live()
    {
        var failures = 0;
        while (!_closing.IsSet)
        {
            var began = Environment.TickCount64;
            if (TryConnect() is { } connection)
            {
                Serve(connection, failures > 0);
                failures = Environment.TickCount64 - began < ShortLifeMilliseconds ? failures + 1 : 0;
            }
            else
            {
                failures++;
            }

            WaitToRetry(failures, began);
        }
    }

    private Connection? TryConnect()
    {
        Interlocked.Increment(ref _attempts);
        try
        {
            var connection = Connection.Open(Address, _queue, _options);
            _multiplexer.Log($"{Name}: connected, Redis {connection.Facts.Version}, {connection.Facts.Protocol}.");
            return connection;
        }
        catch (ConnectFailedException e)
        {
            Volatile.Write(ref _lastFailure, e);
            _multiplexer.Log($"{Name}: {e.Type}: {e.Message}");
            if (_attempts >= _options.ConnectRetry || e.Type == ConnectionFailureType.AuthenticationFailure)
            {
                _attempted.TrySetResult();
            }

            _multiplexer.OnConnectionFailed(Address, e);
            return null;
        }
    }

    private void Serve(Connection connection, bool again)
    {
        lock (_closingGate)
        {
            if (_closing.IsSet)
            {
                connection.Dispose();
                return;
            }

            Volatile.Write(ref _facts, connection.Facts);
            _connection = connection;
            _connects++;
        }

        _queue.Connect(connection);
        _attempted.TrySetResult();
        if (again || _connects > 1)
        {
            _multiplexer.OnConnectionRestored(Address);
        }

        var failure = connection.ReadReplies();
        _connection = null;
        Volatile.Write(ref _lastFailure, failure);
        FailAll(_queue.Disconnect(_options.BacklogPolicy.AbortPendingOnConnectionFailure), failure);
        if (!_closing.IsSet)
        {
            _multiplexer.OnConnectionFailed(Address, failure);
        }
    }

    private void FailAll(List<Message> lost, ConnectFailedException failure)
    {
        foreach (var message in lost)
        {
            var label = message.Label(_options.IncludeDetailInExceptions);
            message.Fail(new RedisConnectionException(
                failure.Type,
                message.Flags,
                $"{failure.Type} on {Name}/{ConnectionType.Interactive}, last: {label}, outstanding: {lost.Count}: {failure.Message}",
                failure.InnerException,
                message.Status));
        }
    }

    /// <summary>The pause before the next attempt: none after a connection that worked, short ones while <c>Connect</c> waits, then as the policy says.</summary>
    private void WaitToRetry(int failures, long began)
    {
        var first = !_attempted.Task.IsCompleted;
        while (failures > 0 && !_closing.Wait(RetryPollMilliseconds))
        {
            var elapsed = (int)(Environment.TickCount64 - began);
            if (first ? elapsed >= 100 * failures : _options.ReconnectRetryPolicy.ShouldRetry(failures, elapsed))
            {
                return;
            }
        }
    }

    /// <summary>The life of the server's writing thread.</summary>
    private void WriteLoop()
    {
        var batch = new Message[WriteBatch];
        Connection? used = null;
        while (true)
        {
            var count = _queue.Take(batch, out var connection);
            try
            {
                if (count > 0)
                {
                    used = connection!;
                    used.Write(batch.AsSpan(0, count));
                    Array.Clear(batch, 0, count);
                    continue;
                }

                used?.Flush();
                used = null;
            }
            catch (Exception e)
            {
                // The reading thread notices and fails what was in flight.
                used!.Abort(ConnectionFailureType.SocketFailure, e);
                used = null;
            }

            if (!_queue.WaitForWork())
            {
                return;
            }
        }
    }
}
