namespace DqnAspire.Environments.Atari.Rules;

/// <summary>What is known of a game's cartridge.</summary>
/// <param name="Mapper">The bank-switching scheme to use; null when it is to be told from the image.</param>
/// <param name="SizeBytes">Size of the image.</param>
/// <param name="ExpectedMapper">The scheme that published lists give, to check detection with.</param>
public sealed record CartridgeProperties(string? Mapper, int SizeBytes, string ExpectedMapper);
