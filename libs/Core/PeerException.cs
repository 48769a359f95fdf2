namespace DqnAspire.Core;

/// <summary>
/// A call to a peer failed: to another process that does a part of the work behind a port, such as a service that plays
/// environments. The message is one line that names the peer and says why.
/// </summary>
/// <param name="peer">The peer, as people know it, for example "EnvService".</param>
/// <param name="failure">What happened.</param>
/// <param name="message">One line.</param>
/// <param name="innerException">What the transport says.</param>
public abstract class PeerException(string peer, PeerFailure failure, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The peer, as people know it.</summary>
    public string Peer => peer;

    /// <summary>What happened.</summary>
    public PeerFailure Failure => failure;

    /// <summary>Whether the peer went away and may be back soon.</summary>
    public bool IsLoss => failure == PeerFailure.Lost;
}

/// <summary>How a call to a peer failed.</summary>
public enum PeerFailure
{
    /// <summary>The peer refused what was asked; asking again does not help.</summary>
    Refused,

    /// <summary>The peer went away in the middle of a call, and may be back soon.</summary>
    Lost,

    /// <summary>The peer answers, but what the call is about is not as it has to be, or damaged.</summary>
    Missing,

    /// <summary>The peer answers, and has nothing of what the call is about.</summary>
    Gone,
}
