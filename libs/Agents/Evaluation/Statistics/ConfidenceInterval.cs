namespace DqnAspire.Agents.Evaluation.Statistics;

/// <summary>An estimate and how far it can be trusted.</summary>
/// <param name="Estimate">The statistic of the scores themselves.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Confidence">Probability that it is to cover, for example 0.95.</param>
public sealed record ConfidenceInterval(double Estimate, double Low, double High, double Confidence);
