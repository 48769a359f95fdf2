namespace DqnAspire.Agents.Presets;

/// <summary>A preset was asked for that does not exist; the message lists the known ones.</summary>
/// <param name="message">One line for the user.</param>
public sealed class UnknownPresetException(string message) : Exception(message);
