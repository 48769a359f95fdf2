namespace DqnAspire.Core;

/// <summary>A saved state is damaged, or of something else than what is to be restored; the message says what does not fit.</summary>
/// <param name="message">One line.</param>
/// <param name="innerException">Where it was noticed, if that was an error of its own.</param>
public sealed class StateException(string message, Exception? innerException = null) : Exception(message, innerException);
