namespace DqnAspire.Environments;

/// <summary>
/// An environment cannot be made on this machine: something that it needs is missing, an Atari cartridge for example.
/// The message says what is missing and where to put it.
/// </summary>
/// <param name="message">What is missing.</param>
public sealed class EnvironmentUnavailableException(string message) : Exception(message);
