using System.Net;
using System.Reflection;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.ServiceDefaults.Http;

/// <summary>
/// The page at <c>/</c>: the service's purpose, its HTTP endpoints, and its gRPC address and methods.
/// </summary>
public static class ServicePage
{
    private static readonly (string Path, string Text)[] Defaults =
    [
        ("/health", "whether it can do its work"),
        ("/alive", "whether it answers at all"),
        ("/metrics", "what it measures, for Prometheus"),
    ];

    /// <summary>Maps the page.</summary>
    /// <param name="app">The service.</param>
    /// <param name="program">The service's program, for its name and version.</param>
    /// <param name="purpose">One sentence: what the service does.</param>
    /// <param name="links">Further pages: their paths, and what is there.</param>
    public static WebApplication MapServicePage(
        this WebApplication app, Assembly program, string purpose, params (string Path, string Text)[] links)
    {
        app.MapGet("/", (HttpRequest request) => Results.Content(
            Render(app, program, purpose, links, request.Host.Host), "text/html; charset=utf-8")).OnHttpSide();
        return app;
    }

    private static string Render(
        WebApplication app, Assembly program, string purpose, (string Path, string Text)[] links, string host)
    {
        var name = program.GetName().Name!.Split('.')[^1];
        var version = program.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var grpc = BindingAddress.Parse(EndpointSettings.Grpc(app));
        var methods = app.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(e => e.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method)
            .OfType<Grpc.Core.IMethod>()
            .GroupBy(m => m.ServiceName, m => m.Name)
            .OrderBy(s => s.Key.StartsWith("grpc.", StringComparison.Ordinal));
        return $$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{Text(name)}}</title>
            <style>
            :root { color-scheme: light dark; --text: #1c1e21; --page: #fff; --faint: #5f6670; --link: #0b57d0; }
            @media (prefers-color-scheme: dark) {
              :root { --text: #e3e5e8; --page: #17181a; --faint: #9aa1ab; --link: #8ab4f8; }
            }
            body {
              max-width: 42rem; margin: 0 auto; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif;
              color: var(--text); background: var(--page); overflow-wrap: anywhere;
            }
            a { color: var(--link); }
            dt { margin-top: .5rem; }
            dd { margin: 0; }
            dd, footer { color: var(--faint); }
            </style>
            </head>
            <body>
            <h1>{{Text(name)}}</h1>
            <p>{{Text(purpose)}}</p>
            <h2>Here</h2>
            <dl>
            {{Lines(links.Concat(Defaults), Link)}}
            </dl>
            <h2>gRPC at {{Text($"{grpc.Scheme}://{host}:{grpc.Port}")}}</h2>
            <p>Tools find the services by reflection.</p>
            <dl>
            {{Lines(methods, Methods)}}
            </dl>
            <footer>Version {{Text(version)}}</footer>
            </body>
            </html>
            """;
    }

    private static string Link((string Path, string Text) link) =>
        $"<dt><a href=\"{Text(link.Path)}\">{Text(link.Path)}</a></dt><dd>{Text(link.Text)}</dd>";

    private static string Methods(IGrouping<string, string> service) =>
        $"<dt><code>{Text(service.Key)}</code></dt><dd>{Text(string.Join(", ", service))}</dd>";

    private static string Lines<T>(IEnumerable<T> items, Func<T, string> line) => string.Join('\n', items.Select(line));

    private static string Text(string? text) => WebUtility.HtmlEncode(text) ?? "";
}
