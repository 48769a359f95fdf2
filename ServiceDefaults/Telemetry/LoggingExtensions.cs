using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration.Memory;
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
        // The lowest of all sources: whatever the user configures wins. A line for every request would bury the rest.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData =
            [
                new("Logging:LogLevel:Microsoft.AspNetCore", nameof(LogLevel.Warning)),
                new("Logging:LogLevel:System.Net.Http.HttpClient", nameof(LogLevel.Warning)),
                new("Logging:LogLevel:Grpc.Net.Client", nameof(LogLevel.Warning)),
                // A failed start is told in one line by ServiceHost.
                new("Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host", nameof(LogLevel.None)),
            ],
        });
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
