namespace StackExchange.Redis;

/// <summary>
/// A transaction: WATCH and the checks of its conditions, then MULTI, the commands and EXEC. Whoever writes waits for the checks, so that no
/// command of others comes between.
/// </summary>
internal sealed class TransactionMessage : Message<bool>
{
    private readonly ConditionResult[] _conditions;
    private readonly Message[] _commands;
    private volatile bool _wasWatchConflict;

    public TransactionMessage(int database, ConditionResult[] conditions, Message[] commands, CommandFlags flags, object? asyncState)
        : base(database, new Request<bool>(static (in reply) => !reply.IsNull, "EXEC"), flags, asyncState)
    {
        _conditions = conditions;
        _commands = commands;
    }

    public override bool IsComposite => true;

    /// <summary>Whether a key was changed between the checks and EXEC.</summary>
    public bool WasWatchConflict => _wasWatchConflict;

    public override bool Fail(Exception exception)
    {
        foreach (var command in _commands)
        {
            command.Fail(exception);
        }

        return base.Fail(exception);
    }

    public override void WriteTo(IMessageOutput output)
    {
        if (_conditions.Length > 0 && !Check(output))
        {
            output.Send(Ignored("UNWATCH"));
            DoNotRun();
            return;
        }

        output.Send(Ignored("MULTI"));
        foreach (var command in _commands)
        {
            output.Send(new Queued(command));
        }

        output.Send(new Execution(this));
    }

    /// <summary>Checks the conditions.</summary>
    /// <returns>False if one does not hold, or the check failed and with it the transaction.</returns>
    private bool Check(IMessageOutput output)
    {
        output.Send(Ignored("WATCH", StackExchange.Redis.Arguments.Of(Array.ConvertAll(_conditions, static result => result.Condition.Key))));
        var checks = Array.ConvertAll(_conditions, result => new Message<bool>(Database, result.Condition.Query, CommandFlags.None));
        foreach (var check in checks)
        {
            output.Send(check);
        }

        output.Flush();
        try
        {
            Task.WhenAll(checks.Select(static check => check.Result)).WaitAsync(TimeSpan.FromMilliseconds(output.ReplyTimeout)).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            Fail(new RedisTimeoutException(Flags, "Timeout awaiting the check of a transaction's conditions; nothing was executed", CommandStatus.WaitingToBeSent));
            return false;
        }
        catch (RedisException e)
        {
            Fail(e);
            return false;
        }

        for (var i = 0; i < checks.Length; i++)
        {
            _conditions[i].WasSatisfied = checks[i].Result.Result;
        }

        return Array.TrueForAll(_conditions, static result => result.WasSatisfied);
    }

    private Message<bool> Ignored(string command, params RedisValue[] arguments)
        => new(Database, new Request<bool>(Replies.Accepted, command, arguments), CommandFlags.FireAndForget);

    /// <summary>Not an error: the answer is no.</summary>
    private void DoNotRun()
    {
        foreach (var command in _commands)
        {
            command.Cancel();
        }

        base.Complete(RespReply.Null(ResultType.Array));
    }

    private void OnExecuted(in RespReply reply)
    {
        if (reply.IsError)
        {
            Fail(RedisErrors.ToException(reply.Text, Flags));
            return;
        }

        if (reply.Items is not { } items || items.Length != _commands.Length)
        {
            _wasWatchConflict = reply.IsNull;
            DoNotRun();
            return;
        }

        for (var i = 0; i < items.Length; i++)
        {
            _commands[i].Complete(items[i]);
        }

        base.Complete(reply);
    }

    /// <summary>A command between MULTI and EXEC: its own reply says only that it was accepted.</summary>
    private sealed class Queued(Message command) : Message(command.Database, command.Command, command.Arguments, command.Flags)
    {
        public override bool IsDone => command.IsDone;

        public override void Complete(in RespReply reply)
        {
            if (reply.IsError)
            {
                command.Fail(RedisErrors.ToException(reply.Text, Flags));
            }
        }

        public override bool Fail(Exception exception) => command.Fail(exception);

        public override void Cancel() => command.Cancel();
    }

    /// <summary>EXEC, whose reply has those of the commands.</summary>
    private sealed class Execution(TransactionMessage transaction) : Message(transaction.Database, "EXEC", [], transaction.Flags)
    {
        public override bool IsDone => transaction.IsDone;

        public override void Complete(in RespReply reply) => transaction.OnExecuted(reply);

        public override bool Fail(Exception exception) => transaction.Fail(exception);

        public override void Cancel() => transaction.Cancel();
    }
}
