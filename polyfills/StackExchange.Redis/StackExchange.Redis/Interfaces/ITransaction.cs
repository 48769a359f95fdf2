namespace StackExchange.Redis;

/// <summary>Commands that are run together or not at all. Their tasks complete after it was executed; they are cancelled if it is not run.</summary>
public interface ITransaction : IBatch, ITransactionAsync
{
    /// <summary>Adds a condition without which the commands are not run.</summary>
    /// <param name="condition">The condition.</param>
    /// <returns>Tells after the execution whether it held.</returns>
    new ConditionResult AddCondition(Condition condition);

    /// <summary>Checks the conditions and runs the commands.</summary>
    /// <param name="flags">How they are sent.</param>
    /// <returns>Whether they were run.</returns>
    bool Execute(CommandFlags flags = CommandFlags.None);

    /// <summary>Checks the conditions and runs the commands.</summary>
    /// <param name="flags">How they are sent.</param>
    /// <returns>Whether they were run.</returns>
    new Task<bool> ExecuteAsync(CommandFlags flags = CommandFlags.None);
}
