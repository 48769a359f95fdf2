namespace DqnAspire.Play.Recordings;

/// <summary>
/// A recording cannot be made, or played again; nothing of it is left. The message is one line for users.
/// </summary>
public sealed class RecordingException(string message, Exception? inner = null) : Exception(message, inner);
