using System.Diagnostics.Metrics;
using System.Globalization;
using System.IO.Compression;
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
            dqn_replay_sent_bytes_created{SCOPE,table="train"} SINCE
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
        Assert.Equal(
            """
            # TYPE call_duration_seconds histogram
            # UNIT call_duration_seconds seconds
            call_duration_seconds_bucket{SCOPE,le="0.5"} 2
            call_duration_seconds_bucket{SCOPE,le="1.0"} 2
            call_duration_seconds_bucket{SCOPE,le="2.5"} 3
            call_duration_seconds_bucket{SCOPE,le="+Inf"} 4
            call_duration_seconds_sum{SCOPE} 10.75
            call_duration_seconds_count{SCOPE} 4
            call_duration_seconds_created{SCOPE} SINCE
            # EOF

            """,
            await app.LinesAsync(OpenMetrics));
    }

    [Fact]
    public async Task AHistogramOfNegativeValues_HasNoSumInOpenMetrics()
    {
        await using var app = await MeteredApp.StartAsync();
        app.Meter.CreateHistogram("td_error", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [-1, 0] })
            .Record(-2, new KeyValuePair<string, object?>("le", "an attribute of that name is left out"));

        Assert.Contains("td_error_sum{SCOPE} -2\ntd_error_count{SCOPE} 1\n", await app.LinesAsync(), StringComparison.Ordinal);
        Assert.Equal(
            """
            # TYPE td_error histogram
            td_error_bucket{SCOPE,le="-1.0"} 1
            td_error_bucket{SCOPE,le="0.0"} 1
            td_error_bucket{SCOPE,le="+Inf"} 1
            td_error_created{SCOPE} SINCE
            # EOF

            """,
            await app.LinesAsync(OpenMetrics));
    }

    [Fact]
    public async Task TheTimeOfCreation_IsInSecondsSince1970()
    {
        var before = DateTimeOffset.UtcNow;
        await using var app = await MeteredApp.StartAsync();
        app.Meter.CreateCounter<long>("c").Add(1);

        var line = (await app.ScrapeAsync(OpenMetrics)).Split('\n').Single(l => l.StartsWith("c_created{", StringComparison.Ordinal));

        var seconds = double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);
        Assert.InRange(DateTimeOffset.UnixEpoch.AddSeconds(seconds), before.AddMilliseconds(-100), DateTimeOffset.UtcNow.AddMilliseconds(100));
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
            # TYPE epsilon gauge
            epsilon{SCOPE} 0.5
            # TYPE odd gauge
            odd{SCOPE,k="nan"} NaN
            odd{SCOPE,k="inf"} -Inf
            # TYPE sessions gauge
            sessions{SCOPE} -2

            """,
            await app.LinesAsync());
    }

    [Fact]
    public async Task LabelsAndHelp_AreEscaped()
    {
        await using var app = await MeteredApp.StartAsync();
        app.Meter.CreateCounter<int>("c", null, "back\\slash\nand \"line\"").Add(
            1, new KeyValuePair<string, object?>("a.b", "q\"uote\\\n"), new KeyValuePair<string, object?>("flag", true), new KeyValuePair<string, object?>("1st", 2.5));

        var text = await app.LinesAsync();

        Assert.Contains("# HELP c_total back\\\\slash\\nand \"line\"\n", text, StringComparison.Ordinal);
        Assert.Contains("# HELP c back\\\\slash\\nand \\\"line\\\"\n", await app.LinesAsync(OpenMetrics), StringComparison.Ordinal);
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

    [Fact]
    public async Task AttributesOfOneName_AreJoined_InTheOrderOfTheirKeys()
    {
        await using var app = await MeteredApp.StartAsync();
        app.Meter.CreateCounter<int>("c").Add(1, new("a_b", "last"), new("a b", "first"), new("a.b", 2e6), new("otel.scope.version", "more"));

        Assert.Contains(
            $"c_total{{otel_scope_name=\"{app.Meter.Name}\",otel_scope_version=\"more;1.2\",a_b=\"first;2e+06;last\"}} 1\n",
            await app.ScrapeAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheScope_IsInTheLabels_WithItsAttributes()
    {
        await using var app = await MeteredApp.StartAsync();
        using var meter = new Meter(new MeterOptions(app.Meter.Name)
        {
            TelemetrySchemaUrl = "https://example.org/1",
            Tags = [new("build.kind", "debug"), new("name", "cannot be replaced"), new("gpu", false)],
        });
        meter.CreateCounter<int>("c").Add(1);

        Assert.Contains(
            $"c_total{{otel_scope_name=\"{meter.Name}\",otel_scope_schema_url=\"https://example.org/1\",otel_scope_build_kind=\"debug\",otel_scope_gpu=\"false\"}} 1\n",
            await app.ScrapeAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFamilyOfSeveralInstruments_HasOneHeading_WithTheFirstHelpThereIs()
    {
        await using var app = await MeteredApp.StartAsync();
        app.Meter.CreateCounter<int>("wait.time", "s").Add(1);
        app.Meter.CreateCounter<int>("wait_time", "s", "Time that was waited.").Add(2, new KeyValuePair<string, object?>("table", "train"));

        Assert.Equal(
            """
            # TYPE wait_time_seconds_total counter
            # HELP wait_time_seconds_total Time that was waited.
            wait_time_seconds_total{SCOPE} 1
            wait_time_seconds_total{SCOPE,table="train"} 2

            """,
            await app.LinesAsync());
    }

    [Fact]
    public async Task InstrumentsOfOneName_WithDifferentTypes_AreLeftOut()
    {
        await using var app = await MeteredApp.StartAsync();
        app.Meter.CreateGauge<int>("a.b").Record(1);
        app.Meter.CreateHistogram<int>("a_b").Record(1);
        app.Meter.CreateGauge<int>("c").Record(1);

        Assert.Equal(
            """
            # TYPE c gauge
            c{SCOPE} 1

            """,
            await app.LinesAsync());
    }

    [Theory]
    [InlineData("*/*", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("text/html,*/*;q=0.8", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("not a media type", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("text/plain;version=1.0.0", "text/plain; version=1.0.0; charset=utf-8; escaping=underscores")]
    [InlineData("application/openmetrics-text", "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores")]
    [InlineData("application/openmetrics-text;version=\"0.0.1\"", "application/openmetrics-text; version=0.0.1; charset=utf-8")]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8", "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores")]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=other", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("application/openmetrics-text;version=9.9.9", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("application/openmetrics-text;q=0,*/*", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("application/openmetrics-text;q=0.2,text/plain;q=0.5", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("application/openmetrics-text;q=0.5,text/plain;q=0.2", "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores")]
    [InlineData("text/plain,application/openmetrics-text", "text/plain; version=0.0.4; charset=utf-8")]
    public async Task TheFormat_IsNegotiated(string accept, string expected)
    {
        await using var app = await MeteredApp.StartAsync();

        using var response = await app.SendAsync(accept);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, response.Content.Headers.NonValidated["Content-Type"].ToString());
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected.StartsWith("application", StringComparison.Ordinal), text.EndsWith("# EOF\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("br, GZIP;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData(null, false)]
    public async Task TheAnswer_IsCompressed_ForThoseWhoAccept(string? accepted, bool compressed)
    {
        await using var app = await MeteredApp.StartAsync();
        app.Meter.CreateCounter<int>("c").Add(1);

        using var response = await app.SendAsync("*/*", accepted);

        Assert.Equal(compressed ? ["gzip"] : Array.Empty<string>(), response.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept-Encoding"], response.Headers.Vary);
        Assert.NotNull(response.Content.Headers.LastModified);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using var plain = compressed ? new GZipStream(body, CompressionMode.Decompress) : body;
        using var reader = new StreamReader(plain);
        Assert.Contains("# TYPE c_total counter\n", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheTotalSuffix_CanBeLeftOut_OfText()
    {
        await using var app = await MeteredApp.StartAsync(options => options.DisableTotalNameSuffixForCounters = true);
        app.Meter.CreateCounter<int>("c").Add(1);

        Assert.Contains("\nc{SCOPE} 1\n", "\n" + await app.LinesAsync(), StringComparison.Ordinal);
        Assert.Contains("\nc_total{SCOPE} 1\n", "\n" + await app.LinesAsync(OpenMetrics), StringComparison.Ordinal);
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
