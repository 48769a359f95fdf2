namespace StackExchange.Redis;

/// <summary>Turns a reply into what a method of the public API returns.</summary>
/// <typeparam name="T">What is returned.</typeparam>
/// <param name="reply">The reply, no error.</param>
internal delegate T ReplyReader<out T>(in RespReply reply);

/// <summary>A command with its arguments and the meaning of its reply; or a result that needs no command.</summary>
/// <typeparam name="T">What the reply is turned into.</typeparam>
internal readonly struct Request<T>
{
    public Request(ReplyReader<T> read, string command, params RedisValue[] arguments)
    {
        Read = read;
        Command = command;
        Arguments = arguments;
    }

    private Request(T known)
    {
        Known = known;
        Command = string.Empty;
        Arguments = [];
        Read = null!;
    }

    public string Command { get; }

    public RedisValue[] Arguments { get; }

    public ReplyReader<T> Read { get; }

    /// <summary>The result, where <see cref="Command"/> is empty.</summary>
    public T? Known { get; }

    public bool IsKnown => Command.Length == 0;

    /// <summary>A result that needs no command, such as that of deleting no keys.</summary>
    public static implicit operator Request<T>(T known) => new(known);
}
