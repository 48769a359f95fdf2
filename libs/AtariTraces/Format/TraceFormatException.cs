namespace DqnAspire.AtariTraces.Format;

/// <summary>A trace or one of its settings cannot be understood; the message says where and why, in one line.</summary>
/// <param name="message">One line.</param>
public sealed class TraceFormatException(string message) : FormatException(message);
