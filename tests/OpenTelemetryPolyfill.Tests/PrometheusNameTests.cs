using OpenTelemetry.Exporter.Prometheus;

namespace DqnAspire.OpenTelemetryPolyfill.Tests;

/// <summary>Names of instruments in both formats, against names written by hand.</summary>
public sealed class PrometheusNameTests
{
    [Theory]
    // Characters: a run of illegal ones is one underscore; a digit in front is replaced.
    [InlineData("dqn.env.sessions.active", "{session}", "dqn_env_sessions_active")]
    [InlineData("a..b -__c:d", "", "a_b_c:d")]
    [InlineData("1st", "", "_st")]
    [InlineData("größe", "", "gr_e")]
    // Units: in words, unless the name ends in them; none for 1 and for counts of things.
    [InlineData("epsilon", "1", "epsilon")]
    [InlineData("wait", "s", "wait_seconds")]
    [InlineData("wait.seconds", "s", "wait_seconds")]
    [InlineData("milliseconds", "s", "milliseconds")]
    [InlineData("rate", "By/s", "rate_bytes_per_second")]
    [InlineData("rate", "{frame}/s", "rate_per_second")]
    [InlineData("rate", "m/", "rate_m")]
    [InlineData("load", "%", "load_percent")]
    [InlineData("cost", "$", "cost_dollars")]
    [InlineData("size", "MiBy", "size_mebibytes")]
    [InlineData("size", "MB", "size_megabytes")]
    [InlineData("odd", "one.two#{three}", "odd_one_two")]
    public void AGauge_HasTheSameNameEverywhere(string instrument, string unit, string expected)
    {
        var text = PrometheusName.InText(instrument, unit, isCounter: false, withoutTotal: false);
        var openMetrics = PrometheusName.InOpenMetrics(instrument, unit, isCounter: false);

        Assert.Equal((expected, expected), (text.Family, text.Sample));
        Assert.Equal(text, openMetrics);
    }

    [Theory]
    [InlineData("steps", "{step}", "steps_total", "steps", "steps_total")]
    [InlineData("sent", "By", "sent_bytes_total", "sent_bytes", "sent_bytes_total")]
    [InlineData("sent_total", "", "sent_total", "sent", "sent_total")]
    [InlineData("sent.total", "", "sent_total", "sent", "sent_total")]
    [InlineData("sent_bytes_total", "By", "sent_bytes_total", "sent_bytes", "sent_bytes_total")]
    // The unit goes behind what is there in text, before _total in OpenMetrics.
    [InlineData("sent_total", "By", "sent_total_bytes_total", "sent_bytes", "sent_bytes_total")]
    public void ACounter_EndsInTotal(string instrument, string unit, string inText, string family, string sample)
    {
        var text = PrometheusName.InText(instrument, unit, isCounter: true, withoutTotal: false);
        var openMetrics = PrometheusName.InOpenMetrics(instrument, unit, isCounter: true);

        Assert.Equal((inText, inText), (text.Family, text.Sample));
        Assert.Equal((family, sample), (openMetrics.Family, openMetrics.Sample));
    }

    [Theory]
    [InlineData("sent", "By", "sent_bytes")]
    [InlineData("sent_total", "", "sent_total")]
    public void WithoutTotal_TheSuffixIsNotAdded(string instrument, string unit, string expected) =>
        Assert.Equal(expected, PrometheusName.InText(instrument, unit, isCounter: true, withoutTotal: true).Sample);
}
