namespace DqnAspire.Environments.Atari.Rules;

/// <summary>A known cartridge that has no rule because it is for two players only.</summary>
/// <param name="Id">Name in snake case.</param>
/// <param name="Checksum">MD5 of its image, in hexadecimal.</param>
public sealed record UnsupportedCartridge(string Id, string Checksum);
