namespace DqnAspire.Play.Policies;

/// <summary>
/// A policy was asked for that is not there, or cannot play what it should; the message is for users.
/// </summary>
public sealed class PolicyException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether it is only not there yet: the run will write one.</summary>
    public bool IsEarly { get; init; }
}
