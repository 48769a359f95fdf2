namespace StackExchange.Redis;

/// <summary>Tells after a transaction was executed whether one of its conditions held.</summary>
public sealed class ConditionResult
{
    private volatile bool _wasSatisfied;

    internal ConditionResult(Condition condition)
    {
        Condition = condition;
    }

    /// <summary>Whether the condition held when it was checked.</summary>
    public bool WasSatisfied { get => _wasSatisfied; internal set => _wasSatisfied = value; }

    internal Condition Condition { get; }
}
