namespace DqnAspire.Cli;

/// <summary>A command cannot do what it was asked for; the message is one line for the user.</summary>
/// <param name="message">One line.</param>
internal sealed class CommandException(string message) : Exception(message);
