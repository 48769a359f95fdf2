namespace DqnAspire.ServiceDefaults;

/// <summary>A service cannot start. The message is the one line that the user sees.</summary>
/// <param name="message">One line.</param>
public sealed class StartUpException(string message) : Exception(message);
