namespace DqnAspire.Environments.Rendering;

/// <summary>A colour.</summary>
/// <param name="Red">0..255.</param>
/// <param name="Green">0..255.</param>
/// <param name="Blue">0..255.</param>
internal readonly record struct Rgb(byte Red, byte Green, byte Blue);
