namespace DqnAspire.Environments;

/// <summary>An option that the environment does not have, or a value that the option does not take.</summary>
/// <param name="option">Name of the option as it was given.</param>
/// <param name="message">What is wrong and what would be right.</param>
/// <param name="innerException">The error that refused the value; null when there was none.</param>
public sealed class EnvironmentOptionException(string option, string message, Exception? innerException = null)
    : ArgumentException(message, innerException)
{
    /// <summary>Name of the option as it was given.</summary>
    public string Option { get; } = option;
}
