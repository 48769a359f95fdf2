using DqnAspire.AppHost.Hosting;

namespace DqnAspire.AppHost.Redis;

/// <summary>
/// Where the connection string of a Redis comes from. One with a password does not belong among the arguments, which
/// every user of the machine can read: a file or the environment keeps it.
/// </summary>
internal static class RedisAddress
{
    /// <summary>The variable that ReplayService reads, too.</summary>
    public const string Variable = "ConnectionStrings__redis";

    private const char FileMark = '@';

    /// <summary>The connection string.</summary>
    /// <param name="given">The value of <c>--redis</c>: a connection string, or <c>@FILE</c>; null: none.</param>
    /// <returns>Null: none is given, and the environment has none.</returns>
    /// <exception cref="StartUpException">The file cannot be read, or is empty.</exception>
    public static string? Find(string? given)
    {
        if (string.IsNullOrEmpty(given))
        {
            return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? text : null;
        }

        if (given[0] != FileMark)
        {
            return given;
        }

        var path = given[1..];
        try
        {
            return File.ReadLines(path).FirstOrDefault(line => line.Trim().Length > 0)?.Trim()
                ?? throw new StartUpException($"--redis: {path} has no connection string.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartUpException($"--redis: {path} cannot be read: {e.Message}");
        }
    }
}
