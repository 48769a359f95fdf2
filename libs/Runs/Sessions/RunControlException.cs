namespace DqnAspire.Runs.Sessions;

/// <summary>A run cannot do now what it was asked for; the message says why.</summary>
/// <param name="message">One line.</param>
public sealed class RunControlException(string message) : Exception(message);
