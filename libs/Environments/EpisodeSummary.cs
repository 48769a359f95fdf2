namespace DqnAspire.Environments;

/// <summary>An episode that ended.</summary>
/// <param name="Lane">The lane it was played on.</param>
/// <param name="Return">Sum of its rewards, neither clipped nor scaled nor discounted.</param>
/// <param name="Length">Its agent steps.</param>
public readonly record struct EpisodeSummary(int Lane, double Return, int Length);
