using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace StackExchange.Redis;

/// <summary>
/// One socket to a server, from connecting to its end. One thread reads and one thread writes, both with blocking calls: a reply reaches its caller
/// without a detour through the thread pool, and a busy pool delays neither.
/// </summary>
internal sealed class Connection : IMessageOutput, IDisposable
{
    /// <summary>Room for what is received; a reply of many strings arrives in pieces of this size.</summary>
    private const int ReadBuffer = 128 * 1024;

    /// <summary>What is missing of a string is received straight into it from this length on.</summary>
    private const int DirectRead = 16 * 1024;

    private readonly Socket _socket;
    private readonly MessageQueue _queue;
    private readonly ConfigurationOptions _options;
    private readonly RespParser _parser;
    private readonly byte[] _received = new byte[ReadBuffer];
    private readonly HashSet<int> _databases = [0];
    private readonly HashSet<string> _scripts = [];
    private Stream? _stream;
    private RespWriter? _writer;
    private int _database;
    private int _start;
    private int _end;
    private long _lastRead = Environment.TickCount64;
    private long _lastWrite = Environment.TickCount64;
    private ConnectFailedException? _failure;

    private Connection(Socket socket, EndPoint address, MessageQueue queue, ConfigurationOptions options)
    {
        _socket = socket;
        _queue = queue;
        _options = options;
        _parser = new RespParser(queue.NextWantsLease);
        Address = address;
    }

    public EndPoint Address { get; }

    public ServerFacts Facts { get; private set; } = ServerFacts.Unknown;

    /// <summary>When bytes last came, in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    public long LastRead => Volatile.Read(ref _lastRead);

    /// <summary>When bytes were last sent, in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    public long LastWrite => Volatile.Read(ref _lastWrite);

    public int ReplyTimeout => _options.SyncTimeout;

    private Stream Stream => _stream ?? throw new InvalidOperationException("The connection is not open.");

    private RespWriter Writer => _writer ?? throw new InvalidOperationException("The connection is not open.");

    /// <summary>Connects and does the handshake.</summary>
    /// <param name="address">The server.</param>
    /// <param name="queue">Its commands.</param>
    /// <param name="options">How to connect.</param>
    /// <exception cref="ConnectFailedException">It did not succeed in time.</exception>
    public static Connection Open(EndPoint address, MessageQueue queue, ConfigurationOptions options)
    {
        var socket = address is IPEndPoint ip
            ? new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        var connection = new Connection(socket, address, queue, options);

        // Blocking calls take no timeout for all of this together: closing the socket ends whichever is under way.
        using var deadline = new Timer(
            _ => connection.Abort(
                ConnectionFailureType.UnableToConnect,
                new TimeoutException($"No connection to {EndPointCollection.ToString(address)} within {options.ConnectTimeout} ms.")),
            null,
            options.ConnectTimeout,
            Timeout.Infinite);
        var step = ConnectionFailureType.UnableToConnect;
        try
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, options.TcpKeepAlive);
            socket.Connect(address);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (options.Ssl)
            {
                step = ConnectionFailureType.AuthenticationFailure;
                stream = connection.Encrypt(stream);
            }

            step = ConnectionFailureType.SocketFailure;
            connection._stream = stream;
            connection._writer = new RespWriter(stream);
            connection.Facts = new Handshake(connection, options).Run();
            if (deadline.Change(Timeout.Infinite, Timeout.Infinite) && connection._failure is { } late)
            {
                throw late;
            }

            return connection;
        }
        catch (Exception e)
        {
            connection.Dispose();
            throw connection._failure ?? e as ConnectFailedException ?? new ConnectFailedException(step, e);
        }
    }

    /// <summary>Sends a command and waits for its reply; only before the connection is in use.</summary>
    public RespReply Call(string command, params ReadOnlySpan<RedisValue> arguments)
    {
        Writer.Write(command, arguments);
        Writer.Flush();
        return Read();
    }

    /// <summary>Reads replies and hands them to their commands until the connection ends.</summary>
    /// <returns>Why it ended.</returns>
    public ConnectFailedException ReadReplies()
    {
        try
        {
            while (true)
            {
                var reply = Read();
                if (reply.Type == ResultType.Push)
                {
                    continue;
                }

                var message = _queue.TakeAnswered() ?? throw new RespProtocolException("There is a reply to no command.");
                if (!message.TryRecover(reply))
                {
                    message.Complete(reply);
                }
                else if (!_queue.TryAdd([message], whileDisconnected: true))
                {
                    message.Fail(Lost(message, null));
                }
            }
        }
        catch (RespProtocolException e)
        {
            Abort(ConnectionFailureType.ProtocolFailure, e);
        }
        catch (EndOfStreamException e)
        {
            Abort(ConnectionFailureType.SocketClosed, e);
        }
        catch (Exception e)
        {
            Abort(e is IOException or SocketException or ObjectDisposedException ? ConnectionFailureType.SocketFailure : ConnectionFailureType.InternalFailure, e);
        }

        return _failure!;
    }

    /// <summary>Sends commands that the queue counts as sent already, or one composite.</summary>
    public void Write(ReadOnlySpan<Message> messages)
    {
        foreach (var message in messages)
        {
            if (message.IsComposite)
            {
                WriteComposite(message);
            }
            else
            {
                Write(message);
            }
        }
    }

    public void Flush()
    {
        Writer.Flush();
        Volatile.Write(ref _lastWrite, Environment.TickCount64);
    }

    public void Send(Message message)
    {
        if (!KnowsDatabase(message.Database))
        {
            CheckDatabase(message.Database);
        }

        if (SwitchTo(message.Database) is { } select)
        {
            Register(select);
            Write(select);
        }

        Register(message);
        Write(message);
    }

    /// <summary>Whether the server has accepted a SELECT of a database on this connection.</summary>
    /// <param name="database">Its number; -1 for commands that are about none.</param>
    public bool KnowsDatabase(int database) => database < 0 || _databases.Contains(database);

    /// <summary>Makes a database the present one.</summary>
    /// <returns>The SELECT that is to be sent first; null if it is the present one.</returns>
    public Message? SwitchTo(int database)
    {
        if (database < 0 || database == _database)
        {
            return null;
        }

        _database = database;
        return new Message<bool>(-1, new Request<bool>(Replies.Accepted, "SELECT", database), CommandFlags.FireAndForget);
    }

    /// <summary>Ends the connection. The first reason given is kept.</summary>
    public void Abort(ConnectionFailureType type, Exception reason)
    {
        Interlocked.CompareExchange(ref _failure, new ConnectFailedException(type, reason), null);
        Dispose();
    }

    public void Dispose()
    {
        // Ends a read or write that another thread is blocked in.
        if (_socket.Connected)
        {
            try
            {
                _socket.Shutdown(SocketShutdown.Both);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The peer was faster.
            }
        }

        _socket.Dispose();
    }

    private SslStream Encrypt(Stream stream)
    {
        var encrypted = new SslStream(stream, leaveInnerStreamOpen: false);
        encrypted.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = !string.IsNullOrWhiteSpace(_options.SslHost) ? _options.SslHost : HostOf(Address),
            EnabledSslProtocols = _options.SslProtocols ?? SslProtocols.None,
            CertificateRevocationCheckMode = _options.CheckCertificateRevocation
                ? System.Security.Cryptography.X509Certificates.X509RevocationMode.Online
                : System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = _options.CertificateValidationCallback,
            LocalCertificateSelectionCallback = _options.CertificateSelectionCallback,
        });
        return encrypted;
    }

    private static string HostOf(EndPoint address) => address switch
    {
        DnsEndPoint dns => dns.Host,
        IPEndPoint ip => ip.Address.ToString(),
        _ => string.Empty,
    };

    private RespReply Read()
    {
        while (true)
        {
            var complete = _parser.TryParse(_received.AsSpan(_start.._end), out var consumed, out var reply);
            _start += consumed;
            if (complete)
            {
                return reply;
            }

            if (_start == _end)
            {
                _start = _end = 0;
                var missing = _parser.Missing;
                if (missing.Length >= DirectRead)
                {
                    _parser.Received(Receive(missing.Span));
                    continue;
                }
            }
            else if (_start > 0)
            {
                _received.AsSpan(_start.._end).CopyTo(_received);
                (_start, _end) = (0, _end - _start);
            }

            _end += Receive(_received.AsSpan(_end));
        }
    }

    private int Receive(Span<byte> destination)
    {
        var count = Stream.Read(destination);
        Volatile.Write(ref _lastRead, Environment.TickCount64);
        return count > 0 ? count : throw new EndOfStreamException("The server closed the connection.");
    }

    private void WriteComposite(Message message)
    {
        try
        {
            message.WriteTo(this);
        }
        catch (Exception e) when (e is RedisException or RedisCommandException)
        {
            message.Fail(e);
        }
        catch (Exception e)
        {
            message.Fail(Lost(message, e));
            throw;
        }
    }

    private void Write(Message message)
    {
        message.Prepare(_scripts);
        Writer.Write(message.Command, message.Arguments);
    }

    private void Register(Message message)
    {
        if (!_queue.TryMarkSent(this, message))
        {
            throw Lost(message, _failure?.InnerException);
        }
    }

    private RedisConnectionException Lost(Message message, Exception? cause) => new(
        _failure?.Type ?? ConnectionFailureType.SocketFailure,
        message.Flags,
        $"The connection to {EndPointCollection.ToString(Address)} was lost while {message.Command} was sent.",
        cause,
        message.Status);

    private void CheckDatabase(int database)
    {
        var select = new Message<bool>(-1, new Request<bool>(Replies.Accepted, "SELECT", database), CommandFlags.None);
        Register(select);
        Write(select);
        Flush();
        try
        {
            select.Result.WaitAsync(TimeSpan.FromMilliseconds(ReplyTimeout)).GetAwaiter().GetResult();
        }
        catch (RedisServerException e)
        {
            throw new RedisCommandException($"The database does not exist on the server: {database}", e);
        }
        catch (TimeoutException e)
        {
            // The server may still change the database, and nothing would tell when.
            Abort(ConnectionFailureType.SocketFailure, e);
            throw Lost(select, e);
        }

        _databases.Add(database);
        _database = database;
    }
}
