using Microsoft.Extensions.Logging;

namespace DqnAspire.AppHost.Hosting;

/// <summary>Failures that the terminal tells in one line, whole in the log.</summary>
internal static partial class FailureLog
{
    /// <summary>Logs an exception that ends the system.</summary>
    public static void LogFailure(this ILoggerFactory loggers, Exception exception) =>
        Failed(loggers.CreateLogger("DqnAspire.AppHost"), exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The system failed.")]
    private static partial void Failed(ILogger logger, Exception exception);
}
