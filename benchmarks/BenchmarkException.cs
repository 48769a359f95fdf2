namespace DqnAspire.Benchmarks;

/// <summary>A suite cannot measure; the message is the one line that its user sees.</summary>
/// <param name="message">One line.</param>
public sealed class BenchmarkException(string message) : Exception(message);
