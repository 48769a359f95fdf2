namespace DqnAspire.Agents.Lanes;

/// <summary>A training episode that ended.</summary>
/// <param name="Return">Sum of raw rewards.</param>
/// <param name="Length">Agent steps.</param>
public readonly record struct EndedEpisode(double Return, int Length);
