using Microsoft.Extensions.Logging;

namespace DqnAspire.AppHost.Hosting;

/// <summary>Logs failures in full; the terminal has one line of them.</summary>
internal static partial class FailureLog
{
    /// <summary>Logs an exception that ends the system.</summary>
    public static void LogFailure(this ILoggerFactory loggers, Exception exception) =>
        Failed(loggers.CreateLogger("DqnAspire.AppHost"), exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The system failed.")]
    private static partial void Failed(ILogger logger, Exception exception);
}
