namespace DqnAspire.Environments.Atari.Cartridges;

/// <summary>The cartridge of a game is not on this machine; the message says which file is wanted and where.</summary>
/// <param name="message">What is wanted.</param>
public sealed class MissingCartridgeException(string message) : Exception(message);
