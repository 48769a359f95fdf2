namespace DqnAspire.Agents.Evaluation.Statistics;

/// <summary>One number for a sample, for example <see cref="SampleStatistics.Median"/>.</summary>
/// <param name="values">The sample, at least one value.</param>
public delegate double Statistic(ReadOnlySpan<double> values);
