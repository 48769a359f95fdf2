namespace DqnAspire.Atari2600.Snapshots;

/// <summary>A snapshot cannot be used; the message says why.</summary>
/// <param name="message">What is wrong.</param>
public sealed class SnapshotException(string message) : Exception(message);
