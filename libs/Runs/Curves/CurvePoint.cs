namespace DqnAspire.Runs.Curves;

/// <summary>A point of a curve, or several neighbouring ones in one.</summary>
/// <param name="Steps">Agent steps, their mean where there are several.</param>
/// <param name="Mean">Mean of the values.</param>
/// <param name="Low">The smallest of them.</param>
/// <param name="High">The largest of them.</param>
public readonly record struct CurvePoint(double Steps, double Mean, double Low, double High);
