namespace DqnAspire.Environments;

/// <summary>
/// An environment cannot be played on this machine: something that it needs is missing or is not what it should be, an
/// Atari cartridge for example. The message says what, and what to do.
/// </summary>
/// <param name="message">What is missing.</param>
/// <param name="innerException">Where it was noticed; null where nothing was thrown.</param>
public sealed class EnvironmentUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
