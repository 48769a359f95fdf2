namespace DqnAspire.Core.Plugins;

/// <summary>An assembly cannot be used as a plugin; the message is one line that names it.</summary>
/// <param name="message">One line for the user.</param>
/// <param name="innerException">What was thrown; null: nothing.</param>
public sealed class PluginException(string message, Exception? innerException = null)
    : Exception(message, innerException);
