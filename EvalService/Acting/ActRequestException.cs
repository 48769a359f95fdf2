namespace DqnAspire.EvalService.Acting;

/// <summary>A request cannot be answered; the message begins with its field.</summary>
public sealed class ActRequestException(string message, bool isFull = false) : Exception(message)
{
    /// <summary>Whether the service has no room, rather than the request being wrong.</summary>
    public bool IsFull => isFull;
}
