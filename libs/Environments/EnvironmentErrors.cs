using System.Diagnostics.CodeAnalysis;

namespace DqnAspire.Environments;

/// <summary>Errors that every environment reports in the same words.</summary>
internal static class EnvironmentErrors
{
    [DoesNotReturn]
    public static void ThrowResetNeeded() =>
        throw new InvalidOperationException("No episode is running: call Reset before the first Step and after each episode's end.");
}
