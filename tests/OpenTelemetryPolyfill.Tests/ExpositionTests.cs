using System.Diagnostics.Metrics;
using System.Net;

namespace DqnAspire.OpenTelemetryPolyfill.Tests;

/// <summary>The text that Prometheus reads, against lines written by hand from the formats' descriptions.</summary>
public sealed class ExpositionTests
{
    private const string OpenMetrics = "application/openmetrics-text; version=1.0.0";

    [Fact]
    public async Task ACounter_EndsInTotal_WithItsUnitBefore()
    {
        await using var app = await MeteredApp.StartAsync();
        var counter = app.Meter.CreateCounter<long>("dqn.replay.sent", "By", "Bytes sent.");
        counter.Add(3, new KeyValuePair<string, object?>("table", "train"));
        counter.Add(4, new KeyValuePair<string, object?>("table", "train"));

        Assert.Equal(
            """
            # TYPE dqn_replay_sent_bytes_total counter
            # HELP dqn_replay_sent_bytes_total Bytes sent.
            dqn_replay_sent_bytes_total{SCOPE,table="train"} 7

            """,
            await app.LinesAsync());
        Assert.Equal(
            """
            # TYPE dqn_replay_sent_bytes counter
            # UNIT dqn_replay_sent_bytes bytes
            # HELP dqn_replay_sent_bytes Bytes sent.
            dqn_replay_sent_bytes_total{SCOPE,table="train"} 7
            # EOF

            """,
            await app.LinesAsync(OpenMetrics));
    }

    [Fact]
    public async Task AHistogram_HasCumulativeBuckets_SumAndCount()
    {
        await using var app = await MeteredApp.StartAsync();
        var histogram = app.Meter.CreateHistogram(
            "call.duration", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2.5] });
        foreach (var value in new[] { 0.25, 0.5, 2, 8 })
        {
            histogram.Record(value);
        }

        Assert.Equal(
            """
            # TYPE call_duration_seconds histogram
            call_duration_seconds_bucket{SCOPE,le="0.5"} 2
            call_duration_seconds_bucket{SCOPE,le="1"} 2
            call_duration_seconds_bucket{SCOPE,le="2.5"} 3
            call_duration_seconds_bucket{SCOPE,le="+Inf"} 4
            call_duration_seconds_sum{SCOPE} 10.75
            call_duration_seconds_count{SCOPE} 4

            """,
            await app.LinesAsync());
        Assert.Contains("le=\"1.0\"} 2", await app.LinesAsync(OpenMetrics), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gauges_AndUpDownCounters_AreGauges()
    {
        await using var app = await MeteredApp.StartAsync();
        app.Meter.CreateGauge<double>("epsilon", "1").Record(0.5);
        app.Meter.CreateUpDownCounter<int>("sessions", "{session}").Add(-2);
        app.Meter.CreateObservableGauge("odd", () => new[]
        {
            new Measurement<double>(double.NaN, new KeyValuePair<string, object?>("k", "nan")),
            new Measurement<double>(double.NegativeInfinity, new KeyValuePair<string, object?>("k", "inf")),
        });

        Assert.Equal(
            """
            # TYPE epsilon_ratio gauge
            epsilon_ratio{SCOPE} 0.5
            # TYPE sessions gauge
            sessions{SCOPE} -2
            # TYPE odd gauge
            odd{SCOPE,k="nan"} NaN
            odd{SCOPE,k="inf"} -Inf

            """,
            await app.LinesAsync());
    }

    [Fact]
    public async Task LabelsAndHelp_AreEscaped()
    {
        await using var app = await MeteredApp.StartAsync();
        app.Meter.CreateCounter<int>("c", null, "back\\slash\nand line").Add(
            1, new KeyValuePair<string, object?>("a.b", "q\"uote\\\n"), new KeyValuePair<string, object?>("flag", true), new KeyValuePair<string, object?>("1st", 2.5));

        var text = await app.LinesAsync();

        Assert.Contains("# HELP c_total back\\\\slash\\nand line\n", text, StringComparison.Ordinal);
        Assert.Contains("c_total{SCOPE,_1st=\"2.5\",a_b=\"q\\\"uote\\\\\\n\",flag=\"true\"} 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheResource_IsTargetInfo()
    {
        await using var app = await MeteredApp.StartAsync();

        Assert.Contains("# TYPE target_info gauge\n", await app.ScrapeAsync(), StringComparison.Ordinal);
        var text = await app.ScrapeAsync(OpenMetrics);
        Assert.Contains("# TYPE target info\n", text, StringComparison.Ordinal);
        Assert.Contains("target_info{service_name=\"the \\\"test\\\"\"} 1\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*/*", "text/plain")]
    [InlineData("text/html,*/*;q=0.8", "text/plain")]
    [InlineData("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5", "application/openmetrics-text")]
    [InlineData("application/openmetrics-text;q=0.2,text/plain;q=0.5", "text/plain")]
    [InlineData("application/openmetrics-text;version=9.9.9", "text/plain")]
    [InlineData("not a media type", "text/plain")]
    public async Task TheFormat_IsNegotiated(string accept, string expected)
    {
        await using var app = await MeteredApp.StartAsync();

        using var response = await app.SendAsync(accept);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("utf-8", response.Content.Headers.ContentType?.CharSet);
    }

    [Fact]
    public async Task TheTotalSuffix_CanBeLeftOut()
    {
        await using var app = await MeteredApp.StartAsync(options => options.DisableTotalNameSuffixForCounters = true);
        app.Meter.CreateCounter<int>("c").Add(1);

        Assert.Contains("\nc{SCOPE} 1\n", "\n" + await app.LinesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScrapesAtTheSameTime_AllGetAWholeAnswer()
    {
        await using var app = await MeteredApp.StartAsync();
        app.Meter.CreateCounter<int>("c").Add(1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => app.LinesAsync(i % 2 == 0 ? "*/*" : OpenMetrics)));

        Assert.Equal(2, answers.Distinct().Count());
        Assert.All(answers, a => Assert.Contains("c_total{SCOPE} 1", a, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ACachedAnswer_ServesForItsTime()
    {
        await using var app = await MeteredApp.StartAsync(options => options.ScrapeResponseCacheDurationMilliseconds = 60_000);
        var counter = app.Meter.CreateCounter<int>("c");
        counter.Add(1);
        var first = await app.LinesAsync();
        counter.Add(1);

        Assert.Equal(first, await app.LinesAsync());
    }
}
