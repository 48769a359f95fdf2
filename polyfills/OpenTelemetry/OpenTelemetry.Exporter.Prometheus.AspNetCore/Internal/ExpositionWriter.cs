using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>
/// Writes metrics in Prometheus's text format 0.0.4, or in OpenMetrics 1.0. Metrics of the same name, from several meters,
/// are one family: its lines stand together below one heading.
/// </summary>
internal sealed class ExpositionWriter(bool openMetrics, bool withoutTotal)
{
    private readonly StringBuilder _text = new();

    /// <summary>The resource's attributes, as the labels of target_info.</summary>
    public void WriteResource(Resource resource)
    {
        var labels = resource.Attributes.Select(a => (a.Key, Convert.ToString(a.Value, CultureInfo.InvariantCulture) ?? "")).ToList();
        if (labels.Count == 0)
        {
            return;
        }

        // OpenMetrics has a type of its own for it, whose samples end in _info.
        _text.Append(openMetrics ? "# TYPE target info\n# HELP target Target metadata\n" : "# TYPE target_info gauge\n# HELP target_info Target metadata\n");
        Sample("target_info", "", Labels(labels), "1");
    }

    public void WriteMetrics(Batch<Metric> metrics)
    {
        var families = new Dictionary<string, (PrometheusName Name, List<Metric> Metrics)>();
        var order = new List<string>();
        foreach (var metric in metrics)
        {
            // Prometheus's text formats have no exponential histograms.
            if (metric.MetricType == MetricType.ExponentialHistogram)
            {
                continue;
            }

            var name = PrometheusName.Of(metric.Name, metric.Unit ?? "", metric.MetricType, withoutTotal);
            if (!families.TryGetValue(name.Family, out var family))
            {
                family = (name, []);
                families.Add(name.Family, family);
                order.Add(name.Family);
            }

            // A family has one type; an instrument that disagrees with the first of its name cannot be shown.
            if (family.Metrics.Count == 0 || TypeName(family.Metrics[0].MetricType) == TypeName(metric.MetricType))
            {
                family.Metrics.Add(metric);
            }
        }

        foreach (var key in order)
        {
            var (name, members) = families[key];
            Heading(name, members[0]);
            foreach (var metric in members)
            {
                Samples(name, metric);
            }
        }
    }

    /// <summary>The whole text.</summary>
    public string Finish() => openMetrics ? _text.Append("# EOF\n").ToString() : _text.ToString();

    /// <summary>Escapes a label's value.</summary>
    internal static string EscapeLabel(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string TypeName(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.Histogram => "histogram",
        _ => "gauge",
    };

    private void Heading(PrometheusName name, Metric metric)
    {
        // The older format knows no families: its headings name the samples.
        var shown = openMetrics ? name.Family : name.Family + name.Suffix;
        _text.Append(CultureInfo.InvariantCulture, $"# TYPE {shown} {TypeName(metric.MetricType)}\n");
        if (openMetrics && name.Unit.Length > 0)
        {
            _text.Append(CultureInfo.InvariantCulture, $"# UNIT {shown} {name.Unit}\n");
        }

        if (!string.IsNullOrEmpty(metric.Description))
        {
            var help = metric.Description.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            _text.Append(CultureInfo.InvariantCulture, $"# HELP {shown} {(openMetrics ? help.Replace("\"", "\\\"", StringComparison.Ordinal) : help)}\n");
        }
    }

    private void Samples(PrometheusName name, Metric metric)
    {
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = Labels(LabelsOf(metric, point.Tags));
            if (metric.MetricType == MetricType.Histogram)
            {
                Histogram(name, labels, point);
                continue;
            }

            var value = metric.MetricType switch
            {
                MetricType.LongSum or MetricType.LongSumNonMonotonic => Number(point.GetSumLong()),
                MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => Number(point.GetSumDouble()),
                MetricType.LongGauge => Number(point.GetGaugeLastValueLong()),
                _ => Number(point.GetGaugeLastValueDouble()),
            };
            Sample(name.Family, name.Suffix, labels, value);
        }
    }

    private void Histogram(PrometheusName name, string labels, in MetricPoint point)
    {
        long count = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            var bound = Number(bucket.ExplicitBound);
            // OpenMetrics asks for a bound that is visibly a floating-point number.
            if (openMetrics && long.TryParse(bound, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            {
                bound += ".0";
            }

            Sample(name.Family, "_bucket", $"{labels}{(labels.Length > 0 ? "," : "")}le=\"{bound}\"", Number(count));
        }

        Sample(name.Family, "_sum", labels, Number(point.GetHistogramSum()));
        Sample(name.Family, "_count", labels, Number(point.GetHistogramCount()));
    }

    private void Sample(string name, string suffix, string labels, string value)
    {
        _text.Append(name).Append(suffix);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(value).Append('\n');
    }

    private static List<(string Name, string Value)> LabelsOf(Metric metric, ReadOnlyTagCollection tags)
    {
        var labels = new List<(string, string)> { ("otel_scope_name", metric.MeterName) };
        if (!string.IsNullOrEmpty(metric.MeterVersion))
        {
            labels.Add(("otel_scope_version", metric.MeterVersion));
        }

        foreach (var tag in tags)
        {
            labels.Add((tag.Key, tag.Value is bool flag ? flag ? "true" : "false" : Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? ""));
        }

        return labels;
    }

    private static string Labels(List<(string Name, string Value)> labels)
    {
        // Different attributes may come to the same label name; their values are joined then, as the specification asks.
        var merged = labels
            .Select(l => (Name: PrometheusName.Sanitise(l.Name, isLabel: true), l.Value))
            .GroupBy(l => l.Name, (name, same) => (Name: name, Value: string.Join(';', same.Select(l => l.Value))));
        return string.Join(',', merged.Select(l => $"{l.Name}=\"{EscapeLabel(l.Value)}\""));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => double.IsNaN(value) ? "NaN" : value.ToString("R", CultureInfo.InvariantCulture),
    };
}
