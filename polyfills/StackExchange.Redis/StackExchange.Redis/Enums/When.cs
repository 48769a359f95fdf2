namespace StackExchange.Redis;

/// <summary>In which state of a key a value is written.</summary>
public enum When
{
    /// <summary>Whatever there is.</summary>
    Always,

    /// <summary>Only over an existing value.</summary>
    Exists,

    /// <summary>Only where there is no value yet.</summary>
    NotExists,
}
