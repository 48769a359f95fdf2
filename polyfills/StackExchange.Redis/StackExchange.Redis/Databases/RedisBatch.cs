namespace StackExchange.Redis;

/// <summary>Commands that are kept until the batch is executed.</summary>
/// <param name="multiplexer">The connections.</param>
/// <param name="database">The number of the database.</param>
/// <param name="asyncState">The state of the tasks.</param>
internal sealed class RedisBatch(ConnectionMultiplexer multiplexer, int database, object? asyncState)
    : DatabaseBase(multiplexer, database, asyncState), IBatch
{
    private readonly Lock _gate = new();
    private List<Message> _commands = [];

    public void Execute()
    {
        List<Message> commands;
        lock (_gate)
        {
            commands = _commands;
            _commands = [];
        }

        if (commands.Count > 0)
        {
            Multiplexer.SendTogether(commands);
        }
    }

    protected override Task<T> SendAsync<T>(Message<T> message)
    {
        lock (_gate)
        {
            _commands.Add(message);
        }

        return message.Flags.HasFlag(CommandFlags.FireAndForget) ? Task.FromResult(default(T)!) : message.Result;
    }
}
