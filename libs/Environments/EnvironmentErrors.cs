using System.Diagnostics.CodeAnalysis;

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
}
