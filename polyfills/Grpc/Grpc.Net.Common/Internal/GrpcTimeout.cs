using System.Globalization;

namespace Grpc.Net.Internal;

/// <summary>The <c>grpc-timeout</c> header: up to eight digits and a unit.</summary>
internal static class GrpcTimeout
{
    private const long MaxValue = 99_999_999;

    /// <summary>The longest timeout that is sent or obeyed: 99,999,999 seconds, about three years.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(MaxValue);

    /// <summary>Writes a timeout in the finest unit that fits, rounded up; one nanosecond when it has already passed.</summary>
    public static string Format(TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero)
        {
            return "1n";
        }

        var (value, unit) =
            Ceiling(timeout, TimeSpan.TicksPerMillisecond) is <= MaxValue and var milliseconds ? (milliseconds, 'm')
            : Ceiling(timeout, TimeSpan.TicksPerSecond) is <= MaxValue and var seconds ? (seconds, 'S')
            : (MaxValue, 'S');
        return string.Create(CultureInfo.InvariantCulture, $"{value}{unit}");
    }

    /// <summary>Reads a header; false when it is malformed. Fractions of 100 ns are dropped.</summary>
    public static bool TryParse(string? header, out TimeSpan timeout)
    {
        timeout = default;
        if (header is null or { Length: < 2 }
            || !int.TryParse(header.AsSpan(0, header.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        long? ticks = header[^1] switch
        {
            'H' => value * TimeSpan.TicksPerHour,
            'M' => value * TimeSpan.TicksPerMinute,
            'S' => value * TimeSpan.TicksPerSecond,
            'm' => value * TimeSpan.TicksPerMillisecond,
            'u' => value * TimeSpan.TicksPerMicrosecond,
            'n' => value / TimeSpan.NanosecondsPerTick,
            _ => null,
        };
        if (ticks is null)
        {
            return false;
        }

        timeout = ticks > Longest.Ticks ? Longest : TimeSpan.FromTicks(ticks.Value);
        return true;
    }

    private static long Ceiling(TimeSpan timeout, long ticksPerUnit) => ((timeout.Ticks - 1) / ticksPerUnit) + 1;
}
