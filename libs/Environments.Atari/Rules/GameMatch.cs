namespace DqnAspire.Environments.Atari.Rules;

/// <summary>A rule that was found for a cartridge image.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="ChecksumMatches">
/// The image is one that the rule was made for. Otherwise only the file name says so, which deserves a warning: scores
/// and lives may lie elsewhere in this image.
/// </param>
public sealed record GameMatch(GameRule Rule, bool ChecksumMatches);
