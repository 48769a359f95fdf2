namespace StackExchange.Redis;

/// <summary>How far a command had come.</summary>
public enum CommandStatus
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>In the queue of a working connection, not sent.</summary>
    WaitingToBeSent = 1,

    /// <summary>Sent, not answered: the server may or may not have run it.</summary>
    Sent = 2,

    /// <summary>In the queue while there was no connection, not sent.</summary>
    WaitingInBacklog = 3,
}
