namespace DqnAspire.AppHost.Hosting;

/// <summary>The system cannot be started as it was asked for; the message is one line for the user.</summary>
/// <param name="message">One line.</param>
internal sealed class StartUpException(string message) : Exception(message);
