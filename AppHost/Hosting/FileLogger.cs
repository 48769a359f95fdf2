using System.Globalization;
using Microsoft.Extensions.Logging;

namespace DqnAspire.AppHost.Hosting;

/// <summary>One category of a <see cref="FileLoggerProvider"/>.</summary>
/// <param name="category">Name of the category, at the start of each line.</param>
/// <param name="writer">Where lines go; shared by all categories.</param>
internal sealed class FileLogger(string category, TextWriter writer) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd HH:mm:ss.fff} {logLevel} {category}: {formatter(state, exception)}");
        try
        {
            writer.WriteLine(exception is null ? line : $"{line}{Environment.NewLine}{exception}");
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The disk is full, or the system has ended: a log is not worth a run.
        }
    }
}
