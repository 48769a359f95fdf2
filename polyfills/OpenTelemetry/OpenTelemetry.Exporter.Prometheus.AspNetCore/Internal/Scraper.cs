using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>Answers scrapes, in the format that is asked for; scrapes at the same time share one collection.</summary>
internal sealed class Scraper(PrometheusExporter exporter)
{
    private const string GZip = "gzip";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<bool, Answer> _answers = [];

    public async Task AnswerAsync(HttpContext context)
    {
        var format = ScrapeFormat.Negotiate(context.Request.Headers.Accept);
        var answer = await GetAsync(format.OpenMetrics, context.RequestAborted).ConfigureAwait(false);
        var response = context.Response;
        if (answer is null)
        {
            response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        if (answer.Text.Length == 0)
        {
            return;
        }

        response.ContentType = format.ContentType;
        response.GetTypedHeaders().LastModified = answer.Time;
        response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (!AcceptsGZip(context.Request))
        {
            await response.Body.WriteAsync(answer.Text, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        response.Headers.ContentEncoding = GZip;
        await using var compressed = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await compressed.WriteAsync(answer.Text, context.RequestAborted).ConfigureAwait(false);
    }

    private static bool AcceptsGZip(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding
        .Any(e => e.Quality is not 0 && e.Value.Equals(GZip, StringComparison.OrdinalIgnoreCase));

    private async Task<Answer?> GetAsync(bool openMetrics, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var cacheTime = exporter.Options.ScrapeResponseCacheDurationMilliseconds;
            if (_answers.TryGetValue(openMetrics, out var last) && Stopwatch.GetElapsedTime(last.Timestamp).TotalMilliseconds < cacheTime)
            {
                return last;
            }

            byte[]? text = null;
            var collected = exporter.TryCollect((source, metrics) =>
            {
                var writer = new ExpositionWriter(openMetrics, source.Options.DisableTotalNameSuffixForCounters);
                writer.WriteResource(source.Resource);
                writer.WriteMetrics(metrics);
                text = Encoding.UTF8.GetBytes(writer.Finish());
            });
            return collected && text is not null
                ? _answers[openMetrics] = new Answer(text, DateTimeOffset.UtcNow, Stopwatch.GetTimestamp())
                : null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <param name="Text">The metrics in UTF-8.</param>
    /// <param name="Time">When they were collected.</param>
    /// <param name="Timestamp">The same by the clock that nobody sets.</param>
    private sealed record Answer(byte[] Text, DateTimeOffset Time, long Timestamp);
}
