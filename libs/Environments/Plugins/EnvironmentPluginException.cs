namespace DqnAspire.Environments.Plugins;

/// <summary>
/// An assembly cannot be used as a source of environments; the message is one line that names it and says why.
/// </summary>
/// <param name="message">One line.</param>
/// <param name="innerException">Where it was noticed.</param>
public sealed class EnvironmentPluginException(string message, Exception? innerException = null)
    : Exception(message, innerException);
