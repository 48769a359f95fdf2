namespace DqnAspire.Agents.Evaluation;

/// <summary>An evaluation cannot be played as it was asked for.</summary>
/// <param name="message">One line for the user that begins with the name of what is wrong.</param>
public sealed class EvaluationProtocolException(string message) : Exception(message);
