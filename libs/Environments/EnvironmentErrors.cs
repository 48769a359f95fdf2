using System.Diagnostics.CodeAnalysis;
using DqnAspire.Core;

namespace DqnAspire.Environments;

/// <summary>Errors that every environment reports in the same words.</summary>
public static class EnvironmentErrors
{
    /// <summary>A step was asked for while no episode is running.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    [DoesNotReturn]
    public static void ThrowResetNeeded() =>
        throw new InvalidOperationException(
            "No episode is running: call Reset before the first Step and after each episode's end.");

    /// <summary>The error for something that is not to be changed while an environment is played.</summary>
    /// <param name="name">What was to be changed.</param>
    public static EnvironmentOptionException CannotChange(string name) => new(
        name, $"'{Spelling.Echo(name)}' cannot be changed: the environment has nothing to change while it is played.");
}
