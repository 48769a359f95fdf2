using System.Text.RegularExpressions;

namespace StackExchange.Redis;

/// <summary>The first words with a server: who we are, which protocol we speak, who it is.</summary>
/// <param name="connection">A new connection.</param>
/// <param name="options">Credentials, protocol, names.</param>
internal sealed partial class Handshake(Connection connection, ConfigurationOptions options)
{
    private const string LibraryName = "SE.Redis";

    /// <summary>Does all steps.</summary>
    /// <exception cref="ConnectFailedException">The server refuses us, or still loads its data.</exception>
    public ServerFacts Run()
    {
        Authenticate();
        var facts = Greet();
        Introduce();
        Probe();
        return facts;
    }

    [GeneratedRegex("[^!-~]+")]
    private static partial Regex NotAllowedInNames();

    private static ConnectFailedException Refused(RespReply error)
        => new(ConnectionFailureType.AuthenticationFailure, RedisErrors.ToException(error.Text, CommandFlags.None));

    private void Authenticate()
    {
        var password = options.Password ?? string.Empty;
        RedisValue[] credentials = !string.IsNullOrWhiteSpace(options.User) ? [options.User, password]
            : !string.IsNullOrWhiteSpace(password) ? [password]
            : [];
        if (credentials.Length > 0 && connection.Call("AUTH", credentials) is { IsError: true } error)
        {
            throw Refused(error);
        }
    }

    private ServerFacts Greet()
    {
        var wanted = options.Protocol ?? RedisProtocol.Resp3;
        var reply = connection.Call("HELLO", wanted == RedisProtocol.Resp3 ? 3 : 2);
        if (!reply.IsError)
        {
            return ServerFacts.From(Replies.Texts(reply), wanted);
        }

        if (RedisErrors.Classify(reply.Text) == RedisErrorKind.NoAuth)
        {
            throw Refused(reply);
        }

        // Servers before version 6 do not know HELLO; a newer one may not allow it, or not this protocol.
        var info = connection.Call("INFO");
        return info.IsError
            ? ServerFacts.Unknown
            : ServerFacts.From(InfoText.Sections(info.Text).SelectMany(static section => section), RedisProtocol.Resp2);
    }

    /// <summary>Names for CLIENT LIST. A server that does not take them is no worse for it.</summary>
    private void Introduce()
    {
        connection.Call("CLIENT", "SETNAME", NotAllowedInNames().Replace(options.EffectiveClientName, string.Empty));
        if (options.SetClientLibrary)
        {
            connection.Call("CLIENT", "SETINFO", "LIB-NAME", LibraryName);
            connection.Call("CLIENT", "SETINFO", "LIB-VER", ConfigurationOptions.LibraryVersion);
        }
    }

    private void Probe()
    {
        var reply = connection.Call("PING");
        if (!reply.IsError)
        {
            return;
        }

        switch (RedisErrors.Classify(reply.Text))
        {
            case RedisErrorKind.NoAuth:
                throw Refused(reply);
            case RedisErrorKind.Loading:
                throw new ConnectFailedException(ConnectionFailureType.Loading, RedisErrors.ToException(reply.Text, CommandFlags.None));
            default:
                break;
        }
    }
}
