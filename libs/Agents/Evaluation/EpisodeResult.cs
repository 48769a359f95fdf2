using DqnAspire.Core;

namespace DqnAspire.Agents.Evaluation;

/// <summary>One evaluation episode.</summary>
/// <param name="Index">0-based number of the episode.</param>
/// <param name="Seed">Seed of its reset.</param>
/// <param name="Return">Sum of raw rewards.</param>
/// <param name="Length">Agent steps.</param>
/// <param name="Duration">Wall time from its first step to its last.</param>
/// <param name="End">
/// How it ended; <see cref="StepFlags.Truncated"/> also when the protocol's own limit cut it off.
/// </param>
public sealed record EpisodeResult(int Index, ulong Seed, double Return, int Length, TimeSpan Duration, StepFlags End);
