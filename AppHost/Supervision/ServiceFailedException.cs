namespace DqnAspire.AppHost.Supervision;

/// <summary>
/// A service cannot be started, or crashed more often than the supervisor starts it again. The message is one line for
/// the user.
/// </summary>
/// <param name="message">One line that names the service.</param>
internal sealed class ServiceFailedException(string message) : Exception(message);
