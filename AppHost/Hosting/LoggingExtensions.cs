using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace DqnAspire.AppHost.Hosting;

/// <summary>Where the host's logs go.</summary>
internal static class LoggingExtensions
{
    /// <summary>
    /// Reads appsettings.json from beside the program; the host looks in the working directory, which is the user's.
    /// What is set elsewhere wins.
    /// </summary>
    public static void AddOwnSettings(this IDistributedApplicationBuilder builder)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "appsettings.json");
        var settings = new JsonConfigurationSource { Path = path, Optional = true };
        settings.ResolveFileProvider();
        builder.Configuration.Sources.Insert(0, settings);
    }

    /// <summary>Sends all logs to a file, and none to the terminal; what the Aspire CLI listens to stays.</summary>
    public static void LogTo(this IDistributedApplicationBuilder builder, FileLoggerProvider log)
    {
        var consoles = builder.Services.Where(service =>
            service.ServiceType == typeof(ILoggerProvider)
            && service.ImplementationType == typeof(ConsoleLoggerProvider));
        foreach (var console in consoles.ToList())
        {
            builder.Services.Remove(console);
        }

        builder.Services.AddSingleton<ILoggerProvider>(log);
    }
}
