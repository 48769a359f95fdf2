namespace DqnAspire.Atari2600.Cartridges;

/// <summary>What an image was taken for.</summary>
/// <param name="Scheme">The scheme.</param>
/// <param name="Reason">Why, in words: the size and what was found in the image.</param>
public readonly record struct CartridgeDetection(CartridgeScheme Scheme, string Reason);
