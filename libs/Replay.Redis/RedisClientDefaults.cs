using System.Net;
using DqnAspire.Replay.Storage;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace DqnAspire.Replay.Redis;

/// <summary>
/// How StackExchange.Redis is set where the user says nothing: what the connection string or the configuration names
/// wins. A client that was connected once reconnects for as long as it lives.
/// </summary>
public sealed class RedisClientDefaults : DefaultOptionsProvider
{
    private RedisClientDefaults()
    {
    }

    /// <summary>
    /// A first connection that fails is reported at once, with its reason; later the setting has no effect.
    /// </summary>
    public override bool AbortOnConnectFail => true;

    /// <summary>
    /// One attempt at first: 5 s are enough for a server that runs, and a refusal is reported at once. A second
    /// attempt may wait them in vain.
    /// </summary>
    public override int ConnectRetry => 1;

    /// <summary>
    /// The client counts INFO, by which a server is checked, as administration. Nothing else of that kind is sent.
    /// </summary>
    public override bool AllowAdmin => true;

    /// <summary>
    /// While there is no connection commands wait in the client, which sends them when there is one. Each waits for
    /// <see cref="SyncTimeout"/> at most; the engine then sends it again.
    /// </summary>
    public override BacklogPolicy BacklogPolicy => BacklogPolicy.Default;

    /// <summary>
    /// The client's own 5 s, for asynchronous commands too. After four times as long without a byte the client takes a
    /// connection for dead, so that 40 s of the engine's patience are left for another one.
    /// </summary>
    public override TimeSpan SyncTimeout => TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override IReconnectRetryPolicy ReconnectRetryPolicy { get; } = new ReconnectPauses();

    /// <summary>
    /// At a heartbeat the client reconnects and ends commands that timed out. Its default of a second would
    /// double the pauses between attempts.
    /// </summary>
    public override TimeSpan HeartbeatInterval => TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The client asks every server for its role so often, and hears within two seconds which one is the primary after
    /// a failover. The question also finds out that an idle connection is dead.
    /// </summary>
    public override TimeSpan ConfigCheckInterval => TimeSpan.FromSeconds(1);

    /// <summary>
    /// None: the channel on which clients of this library tell each other of a new primary needs a permission that
    /// tables do not.
    /// </summary>
    public override string ConfigurationChannel => "";

    /// <summary>None: the key that decides between two primaries is none of a table's.</summary>
    public override string TieBreaker => "";

    /// <summary>Errors name commands, not keys.</summary>
    public override bool IncludeDetailInExceptions => false;

    /// <summary>
    /// Reads a connection string of StackExchange.Redis: <c>127.0.0.1:6379,user=...,password=...</c>.
    /// </summary>
    /// <returns>What it says, over these defaults.</returns>
    /// <exception cref="ReplayStoreException">
    /// It is none. The message quotes nothing that may belong to a password.
    /// </exception>
    public static ConfigurationOptions Parse(string connectionString)
    {
        ConfigurationOptions options;
        try
        {
            options = ConfigurationOptions.Parse(connectionString);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw Malformed($"the value of '{e.ParamName}' is not allowed");
        }
        catch (ArgumentException)
        {
            throw Malformed("it has a setting that is unknown (a password cannot have a comma)");
        }

        // What is no address here may be a password: that of redis://user:password@host, or what follows a comma in
        // one.
        if (options.EndPoints.Count == 0
            || options.EndPoints.OfType<DnsEndPoint>().Any(e => Uri.CheckHostName(e.Host) == UriHostNameType.Unknown))
        {
            throw Malformed("write HOST:PORT,user=NAME,password=PASSWORD, not a redis:// address");
        }

        if (HasAddressAfterPassword(connectionString))
        {
            throw Malformed("write the addresses before the password, which cannot have a comma");
        }

        Apply(options);
        return options;
    }

    /// <summary>Puts these defaults beneath what is set already, and the usual port where none is.</summary>
    public static void Apply(ConfigurationOptions options)
    {
        options.Defaults = new RedisClientDefaults();
        options.SetDefaultPorts();
    }

    private static bool HasAddressAfterPassword(string connectionString) =>
        connectionString.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(part => !part.StartsWith("password", StringComparison.OrdinalIgnoreCase))
            .Any(part => !part.Contains('='));

    private static ReplayStoreException Malformed(string why) =>
        new($"ConnectionStrings:redis is no connection string of StackExchange.Redis: {why}.", StoreProblem.Refused);
}
