using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace DqnAspire.ServiceDefaults.Telemetry;

/// <summary>Logs on standard output.</summary>
internal static class LoggingExtensions
{
    private const string FormatKey = "Logging:Console:FormatterName";

    /// <summary>A line a message for people, or JSON where <c>Logging:Console:FormatterName</c> is <c>json</c>.</summary>
    public static void AddConsoleLogs(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[FormatKey] == ConsoleFormatterNames.Json)
        {
            builder.Logging.AddJsonConsole();
            return;
        }

        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
            console.UseUtcTimestamp = true;
        });
    }
}
