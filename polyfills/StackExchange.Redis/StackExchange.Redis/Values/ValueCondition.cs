namespace StackExchange.Redis;

/// <summary>In which state of a key a value is written.</summary>
public readonly struct ValueCondition
{
    private ValueCondition(When when)
    {
        When = when;
    }

    /// <summary>Whatever there is.</summary>
    public static ValueCondition Always => default;

    /// <summary>Only over an existing value.</summary>
    public static ValueCondition Exists => new(When.Exists);

    /// <summary>Only where there is no value yet.</summary>
    public static ValueCondition NotExists => new(When.NotExists);

    internal When When { get; }

    /// <summary>The same condition in its older form.</summary>
    /// <param name="when">The condition.</param>
    public static implicit operator ValueCondition(When when) => new(when);
}
