namespace StackExchange.Redis;

/// <summary>When a key that is written will expire: never, after a time, at a time, or when its present value would have.</summary>
public readonly struct Expiration
{
    private readonly string? _option;
    private readonly long _operand;

    /// <summary>At a time.</summary>
    /// <param name="when">Utc or local; <see cref="DateTime.MaxValue"/> for never.</param>
    /// <exception cref="ArgumentException">The kind of the time is not known.</exception>
    public Expiration(DateTime when)
    {
        if (when == DateTime.MaxValue)
        {
            return;
        }

        if (when.Kind == DateTimeKind.Unspecified)
        {
            throw new ArgumentException("Expiry time must be either Utc or Local", nameof(when));
        }

        (_option, _operand) = Rounded("EXAT", "PXAT", (when.ToUniversalTime() - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond);
    }

    /// <summary>After a time.</summary>
    /// <param name="ttl">The time, rounded down to milliseconds; <see cref="TimeSpan.MaxValue"/> for never.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public Expiration(TimeSpan ttl)
    {
        if (ttl != TimeSpan.MaxValue)
        {
            (_option, _operand) = Rounded("EX", "PX", ttl.Ticks / TimeSpan.TicksPerMillisecond);
        }
    }

    private Expiration(string option)
    {
        _option = option;
    }

    /// <summary>Never: an expiry that the key had goes away with its value.</summary>
    public static Expiration Default => default;

    /// <summary>When the present value would have expired.</summary>
    public static Expiration KeepTtl { get; } = new("KEEPTTL");

    /// <summary>Never, where the command would otherwise leave the expiry alone.</summary>
    public static Expiration Persist { get; } = new("PERSIST");

    /// <summary>At a time.</summary>
    /// <param name="when">The time.</param>
    public static implicit operator Expiration(DateTime when) => new(when);

    /// <summary>After a time.</summary>
    /// <param name="ttl">The time.</param>
    public static implicit operator Expiration(TimeSpan ttl) => new(ttl);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Expiration other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_option, _operand);

    /// <summary>The arguments as Redis takes them; empty for <see cref="Default"/>.</summary>
    public override string ToString() => string.Join(' ', Arguments());

    /// <summary>The expiry that the older overloads describe.</summary>
    /// <exception cref="ArgumentException">Both a new expiry and the present one are asked for.</exception>
    internal static Expiration From(TimeSpan? expiry, bool keepTtl)
        => !keepTtl ? expiry is { } ttl ? new Expiration(ttl) : default
            : expiry is null ? KeepTtl
            : throw new ArgumentException("Cannot specify both expiry and keepTtl.", nameof(keepTtl));

    /// <summary>The arguments: none, one or two.</summary>
    internal RedisValue[] Arguments() => _option is null ? [] : _option is "KEEPTTL" or "PERSIST" ? [_option] : [_option, _operand];

    private static (string Option, long Operand) Rounded(string seconds, string milliseconds, long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return value % 1000 == 0 ? (seconds, value / 1000) : (milliseconds, value);
    }

    private bool Equals(Expiration other) => _option == other._option && _operand == other._operand;
}
