using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>
/// Writes metrics in Prometheus's text format or in OpenMetrics. Metrics of the same name, from several meters, are one
/// family: its lines stand together below one heading.
/// </summary>
internal sealed class ExpositionWriter(bool openMetrics, bool withoutTotal)
{
    private readonly StringBuilder _text = new();

    /// <summary>The resource's attributes, as the labels of target_info.</summary>
    public void WriteResource(Resource resource)
    {
        if (!resource.Attributes.Any())
        {
            return;
        }

        // OpenMetrics has a type of its own for it, whose samples end in _info.
        _text.Append(openMetrics ? "# TYPE target info\n# HELP target Target metadata\n" : "# TYPE target_info gauge\n# HELP target_info Target metadata\n");
        Sample("target_info", LabelSet.Of(resource), "1");
    }

    public void WriteMetrics(Batch<Metric> metrics)
    {
        var named = new List<(PrometheusName Name, Metric Metric)>();
        foreach (var metric in metrics)
        {
            // Prometheus's text formats have no exponential histograms.
            if (metric.MetricType != MetricType.ExponentialHistogram)
            {
                named.Add((NameOf(metric), metric));
            }
        }

        foreach (var family in named.GroupBy(m => m.Name.Family).OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            // A family has one type; where instruments disagree none of them can be shown.
            if (family.Select(m => TypeName(m.Metric.MetricType)).Distinct().Count() > 1)
            {
                continue;
            }

            Heading(
                family.Key,
                TypeName(family.First().Metric.MetricType),
                family.Select(m => m.Name.Unit).FirstOrDefault(unit => unit.Length > 0),
                family.Select(m => m.Metric.Description).FirstOrDefault(help => !string.IsNullOrEmpty(help)));
            foreach (var (name, metric) in family.OrderBy(m => m.Metric.MeterName, StringComparer.Ordinal).ThenBy(m => m.Metric.Name, StringComparer.Ordinal))
            {
                Samples(name, metric);
            }
        }
    }

    /// <summary>The whole text.</summary>
    public string Finish() => openMetrics ? _text.Append("# EOF\n").ToString() : _text.ToString();

    private static string TypeName(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.Histogram => "histogram",
        _ => "gauge",
    };

    private static bool IsCounter(Metric metric) => metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;

    private PrometheusName NameOf(Metric metric) => openMetrics
        ? PrometheusName.InOpenMetrics(metric.Name, metric.Unit ?? "", IsCounter(metric))
        : PrometheusName.InText(metric.Name, metric.Unit ?? "", IsCounter(metric), withoutTotal);

    private void Heading(string family, string type, string? unit, string? help)
    {
        _text.Append(CultureInfo.InvariantCulture, $"# TYPE {family} {type}\n");
        if (openMetrics && unit is not null)
        {
            _text.Append(CultureInfo.InvariantCulture, $"# UNIT {family} {unit}\n");
        }

        if (help is not null)
        {
            var escaped = help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            _text.Append(CultureInfo.InvariantCulture, $"# HELP {family} {(openMetrics ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped)}\n");
        }
    }

    private void Samples(PrometheusName name, Metric metric)
    {
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            if (metric.MetricType == MetricType.Histogram)
            {
                Histogram(name.Family, metric, point);
                continue;
            }

            var labels = LabelSet.Of(metric, point.Tags);
            Sample(name.Sample, labels, metric.MetricType switch
            {
                MetricType.LongSum or MetricType.LongSumNonMonotonic => PrometheusNumber.Text(point.GetSumLong()),
                MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => PrometheusNumber.Text(point.GetSumDouble()),
                MetricType.LongGauge => PrometheusNumber.Text(point.GetGaugeLastValueLong()),
                _ => PrometheusNumber.Text(point.GetGaugeLastValueDouble()),
            });
            if (IsCounter(metric))
            {
                Created(name.Family, labels, point);
            }
        }
    }

    private void Histogram(string family, Metric metric, in MetricPoint point)
    {
        var labels = LabelSet.Of(metric, point.Tags, reserved: "le");
        var negative = false;
        long count = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            negative |= bucket.ExplicitBound < 0;
            var bound = openMetrics ? PrometheusNumber.Canonical(bucket.ExplicitBound) : PrometheusNumber.Text(bucket.ExplicitBound);
            Sample($"{family}_bucket", $"{labels},le=\"{bound}\"", PrometheusNumber.Text(count));
        }

        // OpenMetrics sees a sum as a counter, which a histogram of negative values does not have.
        if (!openMetrics || !negative)
        {
            Sample($"{family}_sum", labels, PrometheusNumber.Text(point.GetHistogramSum()));
            Sample($"{family}_count", labels, PrometheusNumber.Text(point.GetHistogramCount()));
        }

        Created(family, labels, point);
    }

    /// <summary>When counting began, in seconds since 1970; only OpenMetrics has a place for it.</summary>
    private void Created(string family, string labels, in MetricPoint point)
    {
        if (openMetrics)
        {
            Sample($"{family}_created", labels, PrometheusNumber.Text((point.StartTime - DateTimeOffset.UnixEpoch).TotalSeconds));
        }
    }

    private void Sample(string name, string labels, string value) =>
        _text.Append(CultureInfo.InvariantCulture, $"{name}{{{labels}}} {value}\n");
}
