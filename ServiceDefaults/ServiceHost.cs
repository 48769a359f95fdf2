using System.Net.Sockets;
using System.Reflection;
using DqnAspire.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DqnAspire.ServiceDefaults;

/// <summary>
/// Runs a service. A fault at start-up becomes one clear line and exit code 1, never a stack trace.
/// </summary>
public static class ServiceHost
{
    /// <summary>
    /// Creates a service's builder with the settings beside its program, independent of the working directory.
    /// </summary>
    /// <param name="service">The service's program.</param>
    /// <param name="args">Configuration on the command line, as <c>--Section:Key=value</c>.</param>
    public static WebApplicationBuilder CreateBuilder(Assembly service, string[] args) =>
        WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // The host reads NAME.settings.json after appsettings.json. A service's own file has that name, as tests
            // and benchmarks have all four services in one folder.
            ApplicationName = service.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            // Settings are read once: a watched file takes one of the machine's few inotify instances. Only
            // Kestrel:Endpoints says where to listen; ASPNETCORE_URLS or ASPNETCORE_HTTP_PORTS of a launcher or a
            // container image would only cause warnings.
            Args = ["--hostBuilder:reloadConfigOnChange=false", "--urls=", "--http_ports=", "--https_ports=", .. args],
        });

    /// <summary>Builds and runs a service until it is asked to stop.</summary>
    /// <param name="build">Makes the application.</param>
    /// <param name="isUserError">
    /// Whether an exception's message is meant for the user, in addition to the exceptions known here.
    /// </param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<WebApplication> build, Func<Exception, bool>? isUserError = null)
    {
        WebApplication? app = null;
        try
        {
            app = build();
            await app.StartAsync().ConfigureAwait(false);
        }
        catch (Exception e) when ((isUserError?.Invoke(e) == true ? e.Message : Problem(e, app)) is { } problem)
        {
            Console.Error.WriteLine(ErrorLine.Of(problem));
            return 1;
        }

        await using (app.ConfigureAwait(false))
        {
            await app.WaitForShutdownAsync().ConfigureAwait(false);
        }

        return 0;
    }

    /// <summary>The fault of the settings, one line; null when the fault is another.</summary>
    private static string? Problem(Exception exception, WebApplication? app) => exception switch
    {
        StartUpException => exception.Message,
        OptionsValidationException e => string.Join(" ", e.Failures),
        // A settings file that is no JSON; the innermost message says where.
        InvalidDataException => $"{exception.Message} {FirstLine(exception.GetBaseException().Message)}",
        // A value that cannot be converted, or a certificate that is missing.
        InvalidOperationException
        {
            Source: "Microsoft.Extensions.Configuration.Binder"
            or "Microsoft.AspNetCore.Server.Kestrel.Core"
        } => FirstLine(exception.Message),
        SocketException or IOException { InnerException: not null }
            when app is not null && EndpointSettings.NotBound(app) is { } endpoint =>
            $"Cannot listen on {endpoint.Url} ({endpoint.Setting}): "
            + $"{FirstLine((exception.InnerException ?? exception).Message)}.",
        _ => null,
    };

    private static string FirstLine(string text) => text.Trim().Split('\n', 2)[0].TrimEnd('\r', '.');
}
