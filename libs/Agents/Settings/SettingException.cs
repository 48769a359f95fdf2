namespace DqnAspire.Agents.Settings;

/// <summary>A setting or preset that does not exist, cannot be read or is out of range; the message names it.</summary>
/// <param name="message">One line for the user.</param>
public sealed class SettingException(string message) : Exception(message);
