using System.Net.Mime;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>A file of the page, embedded in this assembly.</summary>
internal sealed record DashboardAsset(string Path, string ContentType, byte[] Content)
{
    private const string Prefix = "wwwroot/";

    /// <summary>All files.</summary>
    public static IEnumerable<DashboardAsset> LoadAll()
    {
        var assembly = typeof(DashboardAsset).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var content = new MemoryStream();
            stream.CopyTo(content);
            var file = name[Prefix.Length..];
            yield return new DashboardAsset(file == "index.html" ? "/" : "/" + file, TypeOf(file), content.ToArray());
        }
    }

    public Task WriteAsync(HttpResponse response)
    {
        response.ContentType = $"{ContentType}; charset=utf-8";
        response.ContentLength = Content.Length;
        return response.Body.WriteAsync(Content, response.HttpContext.RequestAborted).AsTask();
    }

    private static string TypeOf(string file) => System.IO.Path.GetExtension(file) switch
    {
        ".html" => MediaTypeNames.Text.Html,
        ".css" => MediaTypeNames.Text.Css,
        ".js" => MediaTypeNames.Text.JavaScript,
        ".svg" => "image/svg+xml",
        var extension => throw new InvalidOperationException($"The dashboard has no content type for '{extension}' files."),
    };
}
