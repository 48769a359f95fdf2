namespace StackExchange.Redis;

/// <summary>Where a composite message puts its commands. Nothing else is sent in between.</summary>
internal interface IMessageOutput
{
    /// <summary>Longest time to wait for a reply on which the rest depends, in milliseconds.</summary>
    int ReplyTimeout { get; }

    /// <summary>Adds a command.</summary>
    /// <exception cref="RedisConnectionException">The connection is lost.</exception>
    void Send(Message message);

    /// <summary>Sends all that was added.</summary>
    void Flush();
}
