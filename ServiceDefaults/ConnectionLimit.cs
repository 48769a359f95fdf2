using System.Globalization;

namespace DqnAspire.ServiceDefaults;

/// <summary>
/// How many connections a service takes: fewer than it has descriptors for. A process that runs out of them cannot even
/// say so.
/// </summary>
internal static class ConnectionLimit
{
    /// <summary>
    /// Connections where nothing limits descriptors; a client has one connection for a thousand calls.
    /// </summary>
    public const int Usual = 1000;

    private const int Least = 16;

    /// <summary>What a service has open besides connections: libraries, files of runs and tables, epolls.</summary>
    private const int Reserved = 300;

    private const string Limits = "/proc/self/limits";

    /// <summary>The limit of this process.</summary>
    public static int Current => For(File.Exists(Limits) ? File.ReadLines(Limits) : []);

    /// <summary>The limit for a process.</summary>
    /// <param name="limits">Lines of Linux' <c>/proc/PID/limits</c>; none on other systems.</param>
    internal static int For(IEnumerable<string> limits)
    {
        const string Name = "Max open files";
        var soft = limits.FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal))?[Name.Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var descriptors)
            ? (int)Math.Clamp(descriptors - Reserved, Least, Usual)
            : Usual;
    }
}
