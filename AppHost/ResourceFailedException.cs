namespace DqnAspire.AppHost;

/// <summary>A service could not be started, or went away for good.</summary>
/// <param name="message">One line for the user.</param>
internal sealed class ResourceFailedException(string message) : Exception(message);
