namespace StackExchange.Redis;

/// <summary>Which ends of a range do not belong to it.</summary>
[Flags]
public enum Exclude
{
    /// <summary>Both ends belong to the range.</summary>
    None = 0,

    /// <summary>The start does not belong to it.</summary>
    Start = 1,

    /// <summary>The stop does not belong to it.</summary>
    Stop = 2,

    /// <summary>Neither end belongs to it.</summary>
    Both = Start | Stop,
}
