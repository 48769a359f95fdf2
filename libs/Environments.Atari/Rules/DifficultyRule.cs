using System.Collections.Immutable;

namespace DqnAspire.Environments.Atari.Rules;

/// <summary>The positions of the difficulty switches that a game takes: bit 0 left, bit 1 right, 1 for A.</summary>
/// <param name="Available">The values that may be set.</param>
/// <param name="Default">The value in effect until one is set; not always one of <paramref name="Available"/>.</param>
public sealed record DifficultyRule(ImmutableArray<int> Available, int Default);
