namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// An image that is no cartridge this console can run; the message names its size and what was tried.
/// </summary>
/// <param name="message">One line.</param>
public sealed class CartridgeException(string message) : ArgumentException(message);
