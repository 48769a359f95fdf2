using System.Globalization;
using System.Text.RegularExpressions;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>Makes the labels of samples, as they stand between the braces.</summary>
internal static partial class LabelSet
{
    private const string Scope = "otel_scope_";

    private static readonly HashSet<string> ScopeOwnNames = [$"{Scope}name", $"{Scope}version", $"{Scope}schema_url"];

    public static string Of(Resource resource) => Join(resource.Attributes.Select(a => new Label(a.Key, Sanitise(a.Key), Text(a.Value))));

    /// <summary>The labels of a point: the scope's, which is what the meter says of itself, then its own.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="tags">The point's attributes.</param>
    /// <param name="reserved">A name that an attribute cannot have, since the format gives it a meaning; null: none.</param>
    public static string Of(Metric metric, ReadOnlyTagCollection tags, string? reserved = null)
    {
        var labels = new List<Label> { new($"{Scope}name", $"{Scope}name", metric.MeterName) };
        if (!string.IsNullOrEmpty(metric.MeterVersion))
        {
            labels.Add(new Label($"{Scope}version", $"{Scope}version", metric.MeterVersion));
        }

        if (!string.IsNullOrEmpty(metric.MeterSchemaUrl))
        {
            labels.Add(new Label($"{Scope}schema_url", $"{Scope}schema_url", metric.MeterSchemaUrl));
        }

        labels.AddRange((metric.MeterTags ?? [])
            .Select(tag => new Label(tag.Key, Sanitise(Scope + tag.Key), Text(tag.Value)))
            .Where(label => !ScopeOwnNames.Contains(label.Name)));
        foreach (var tag in tags)
        {
            labels.Add(new Label(tag.Key, Sanitise(tag.Key), Text(tag.Value)));
        }

        return Join(labels.Where(label => label.Name != reserved));
    }

    // Different attributes may come to the same name: their values are joined then, in the order of the attributes' keys.
    private static string Join(IEnumerable<Label> labels) => string.Join(',', labels
        .GroupBy(l => l.Name, (name, same) => (Name: name, Values: same.OrderBy(l => l.Attribute, StringComparer.Ordinal).Select(l => l.Value)))
        .Select(l => $"{l.Name}=\"{Escape(string.Join(';', l.Values))}\""));

    private static string Text(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        float number => PrometheusNumber.Canonical(number),
        double number => PrometheusNumber.Canonical(number),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    // A run of illegal characters is one underscore, or none behind an underscore of the attribute's own.
    private static string Sanitise(string attribute)
    {
        var name = Illegal().Replace(attribute, match => match.Index > 0 && attribute[match.Index - 1] == '_' ? "" : "_");
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? $"_{name}" : name;
    }

    [GeneratedRegex("[^a-zA-Z0-9_]+", RegexOptions.CultureInvariant)]
    private static partial Regex Illegal();

    /// <param name="Attribute">The attribute's key.</param>
    /// <param name="Name">The label's name.</param>
    /// <param name="Value">The value, not escaped.</param>
    private readonly record struct Label(string Attribute, string Name, string Value);
}
