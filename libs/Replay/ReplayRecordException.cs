namespace DqnAspire.Replay;

/// <summary>A block of records was refused, whole; the message names the record and what is wrong with it.</summary>
/// <param name="message">One line.</param>
public sealed class ReplayRecordException(string message) : ArgumentException(message);
