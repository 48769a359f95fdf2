namespace StackExchange.Redis;

/// <summary>Commands and conditions that are kept until the transaction is executed.</summary>
/// <param name="multiplexer">The connections.</param>
/// <param name="database">The number of the database.</param>
/// <param name="asyncState">The state of the tasks.</param>
internal sealed class RedisTransaction(ConnectionMultiplexer multiplexer, int database, object? asyncState)
    : DatabaseBase(multiplexer, database, asyncState), ITransaction
{
    private readonly Lock _gate = new();
    private List<Message> _commands = [];
    private List<ConditionResult> _conditions = [];
    private TransactionMessage? _last;

    public bool WasWatchConflict => _last?.WasWatchConflict ?? false;

    public ConditionResult AddCondition(Condition condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var result = new ConditionResult(condition);
        lock (_gate)
        {
            _conditions.Add(result);
        }

        return result;
    }

    public bool Execute(CommandFlags flags = CommandFlags.None) => Multiplexer.Send(Take(flags));

    void IBatch.Execute() => Execute(CommandFlags.FireAndForget);

    public Task<bool> ExecuteAsync(CommandFlags flags = CommandFlags.None) => Multiplexer.SendAsync(Take(flags));

    protected override Task<T> SendAsync<T>(Message<T> message)
    {
        lock (_gate)
        {
            _commands.Add(message);
        }

        return message.Flags.HasFlag(CommandFlags.FireAndForget) ? Task.FromResult(default(T)!) : message.Result;
    }

    private Message<bool> Take(CommandFlags flags)
    {
        lock (_gate)
        {
            if (_commands.Count + _conditions.Count == 0)
            {
                return new Message<bool>(-1, new Request<bool>(Replies.Accepted, "PING"), flags, AsyncState);
            }

            _last = new TransactionMessage(Database, [.. _conditions], [.. _commands], flags, AsyncState);
            _commands = [];
            _conditions = [];
            return _last;
        }
    }
}
