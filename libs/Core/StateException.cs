namespace DqnAspire.Core;

/// <summary>
/// A saved state is damaged, or of something else than what is to be restored; the message says what does not fit.
/// </summary>
/// <param name="message">One line.</param>
/// <param name="innerException">The error that showed it; null when there was none.</param>
public sealed class StateException(string message, Exception? innerException = null)
    : Exception(message, innerException);
