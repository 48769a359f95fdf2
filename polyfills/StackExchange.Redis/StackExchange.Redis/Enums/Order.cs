namespace StackExchange.Redis;

/// <summary>The direction of a range.</summary>
public enum Order
{
    /// <summary>Smallest first.</summary>
    Ascending = 0,

    /// <summary>Largest first.</summary>
    Descending = 1,
}
