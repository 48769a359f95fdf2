namespace StackExchange.Redis;

/// <summary>A command on its way: waiting, sent, answered.</summary>
/// <param name="database">The database that it is for; -1 where that does not matter.</param>
/// <param name="command">The command.</param>
/// <param name="arguments">What follows it.</param>
/// <param name="flags">How it is sent.</param>
internal abstract class Message(int database, string command, RedisValue[] arguments, CommandFlags flags)
{
    private const int LongestLabel = 64;

    public int Database => database;

    public string Command { get; protected set; } = command;

    public RedisValue[] Arguments { get; protected set; } = arguments;

    public CommandFlags Flags => flags;

    /// <summary>When it was made, in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    public long Created { get; } = Environment.TickCount64;

    /// <summary>Whether its first argument is a key, which error messages may name.</summary>
    public bool HasKey { get; init; }

    public CommandStatus Status { get; set; }

    /// <summary>Whether a thread waits for it, and looks to the time itself.</summary>
    public bool HasWaiter { get; set; }

    /// <summary>Whether its reply goes into borrowed memory.</summary>
    public virtual bool WantsLease => false;

    /// <summary>Whether it is several commands, sent by <see cref="WriteTo"/>.</summary>
    public virtual bool IsComposite => false;

    /// <summary>Whether it has its result, though the reply may still come.</summary>
    public abstract bool IsDone { get; }

    /// <summary>Bytes that its arguments keep in memory.</summary>
    public long Weight
    {
        get
        {
            var weight = 0L;
            foreach (ref readonly var argument in Arguments.AsSpan())
            {
                weight += argument.HeldBytes;
            }

            return weight;
        }
    }

    /// <summary>The reply has come.</summary>
    public abstract void Complete(in RespReply reply);

    /// <summary>There will be no result.</summary>
    /// <returns>Whether there was none before.</returns>
    public abstract bool Fail(Exception exception);

    /// <summary>It will not be run, and that is no error: the transaction around it was not executed.</summary>
    public abstract void Cancel();

    /// <summary>Makes ready to be sent on a connection.</summary>
    /// <param name="knownScripts">Hashes of the scripts that its server has seen.</param>
    public virtual void Prepare(ISet<string> knownScripts)
    {
    }

    /// <summary>Changes into another command that may do better after an error.</summary>
    /// <returns>Whether it is to be sent again.</returns>
    public virtual bool TryRecover(in RespReply reply) => false;

    /// <summary>Sends the commands of a composite.</summary>
    public virtual void WriteTo(IMessageOutput output) => throw new NotSupportedException();

    /// <summary>The command for error messages.</summary>
    /// <param name="detail">Whether the key is named.</param>
    public string Label(bool detail)
    {
        if (!detail || !HasKey || Arguments is not [var key, ..])
        {
            return Command;
        }

        var text = key.GetByteCount() <= 4 * LongestLabel ? key.ToString() : string.Empty;
        return $"{Command} {(text.Length <= LongestLabel ? text : text[..LongestLabel])}";
    }
}
