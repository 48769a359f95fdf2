namespace StackExchange.Redis;

/// <summary>In which state of a member its score is written.</summary>
[Flags]
public enum SortedSetWhen
{
    /// <summary>Whatever there is.</summary>
    Always = 0,

    /// <summary>Only an existing member.</summary>
    Exists = 1 << 0,

    /// <summary>Only if the new score is greater.</summary>
    GreaterThan = 1 << 1,

    /// <summary>Only if the new score is less.</summary>
    LessThan = 1 << 2,

    /// <summary>Only a member that is not there yet.</summary>
    NotExists = 1 << 3,
}
