namespace StackExchange.Redis;

/// <summary>Commands that are run together or not at all. Their tasks complete after it was executed; they are cancelled if it is not run.</summary>
public interface ITransactionAsync : IDatabaseAsync
{
    /// <summary>Whether the last execution came to nothing because a key of a condition was changed between the check and the commands.</summary>
    bool WasWatchConflict { get; }

    /// <summary>Adds a condition without which the commands are not run.</summary>
    /// <param name="condition">The condition.</param>
    /// <returns>Tells after the execution whether it held.</returns>
    ConditionResult AddCondition(Condition condition);

    /// <summary>Checks the conditions and runs the commands.</summary>
    /// <param name="flags">How they are sent.</param>
    /// <returns>Whether they were run.</returns>
    Task<bool> ExecuteAsync(CommandFlags flags = CommandFlags.None);
}
