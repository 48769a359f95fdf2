namespace DqnAspire.Runs.Folders;

/// <summary>A run cannot be kept in the folder that was given; the message says which and why.</summary>
/// <param name="message">One line for the user.</param>
public sealed class RunDirectoryException(string message) : Exception(message);
