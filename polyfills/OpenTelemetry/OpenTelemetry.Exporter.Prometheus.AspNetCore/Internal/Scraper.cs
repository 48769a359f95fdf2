using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>Answers scrapes, in the format that is asked for; scrapes at the same time share one collection.</summary>
internal sealed class Scraper(PrometheusExporter exporter)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<bool, (long Time, byte[] Text)> _answers = [];

    public async Task AnswerAsync(HttpContext context)
    {
        var openMetrics = AcceptHeader.PrefersOpenMetrics(context.Request.Headers.Accept);
        var text = await GetAsync(openMetrics, context.RequestAborted).ConfigureAwait(false);
        var response = context.Response;
        if (text is null)
        {
            response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        response.ContentType = openMetrics
            ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
            : "text/plain; charset=utf-8; version=0.0.4";
        response.ContentLength = text.Length;
        await response.Body.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task<byte[]?> GetAsync(bool openMetrics, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var cacheTime = exporter.Options.ScrapeResponseCacheDurationMilliseconds;
            if (_answers.TryGetValue(openMetrics, out var answer) && Stopwatch.GetElapsedTime(answer.Time).TotalMilliseconds < cacheTime)
            {
                return answer.Text;
            }

            byte[]? text = null;
            var collected = exporter.TryCollect((source, metrics) =>
            {
                var writer = new ExpositionWriter(openMetrics, source.Options.DisableTotalNameSuffixForCounters);
                writer.WriteResource(source.Resource);
                writer.WriteMetrics(metrics);
                text = Encoding.UTF8.GetBytes(writer.Finish());
            });
            if (collected && text is not null)
            {
                _answers[openMetrics] = (Stopwatch.GetTimestamp(), text);
            }

            return collected ? text : null;
        }
        finally
        {
            _turn.Release();
        }
    }
}
