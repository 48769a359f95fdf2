namespace DqnAspire.Replay;

/// <summary>The range and the mean of some numbers.</summary>
/// <param name="Min">The smallest.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Max">The largest.</param>
public readonly record struct Distribution(double Min, double Mean, double Max);
