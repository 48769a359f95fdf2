using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace DqnAspire.AppHost.Hosting;

/// <summary>Where the host's logs go.</summary>
internal static class LoggingBuilderExtensions
{
    /// <summary>Takes appsettings.json from beside the program: the host looks in the working directory, which is the user's. What is set elsewhere wins.</summary>
    public static void AddOwnSettings(this IDistributedApplicationBuilder builder)
    {
        var settings = new JsonConfigurationSource { Path = Path.Combine(AppContext.BaseDirectory, "appsettings.json"), Optional = true };
        settings.ResolveFileProvider();
        builder.Configuration.Sources.Insert(0, settings);
    }

    /// <summary>Sends all logs to a file, and none to the terminal; what the Aspire CLI listens to stays.</summary>
    public static void LogTo(this IDistributedApplicationBuilder builder, FileLoggerProvider log)
    {
        foreach (var console in builder.Services.Where(s => s.ServiceType == typeof(ILoggerProvider) && s.ImplementationType == typeof(ConsoleLoggerProvider)).ToList())
        {
            builder.Services.Remove(console);
        }

        builder.Services.AddSingleton<ILoggerProvider>(log);
    }
}
