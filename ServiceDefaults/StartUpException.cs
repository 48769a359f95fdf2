namespace DqnAspire.ServiceDefaults;

/// <summary>A service cannot start; the message is the one line that its user sees.</summary>
/// <param name="message">One line.</param>
public sealed class StartUpException(string message) : Exception(message);
