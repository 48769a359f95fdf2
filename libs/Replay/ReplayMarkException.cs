namespace DqnAspire.Replay;

/// <summary>
/// A table cannot be rewound to a mark; it stays as it is. The message says why, and what makes it possible.
/// </summary>
/// <param name="message">One line.</param>
/// <param name="isUnknown">Whether there is no such mark.</param>
public sealed class ReplayMarkException(string message, bool isUnknown = false) : InvalidOperationException(message)
{
    /// <summary>Whether there is no such mark.</summary>
    public bool IsUnknown { get; } = isUnknown;
}
