namespace DqnAspire.Agents.Training;

/// <summary>
/// The declaration of one number that a run reports. Everything that stores, sends, draws or prints numbers iterates
/// over declarations: a new number is declared once (here or in an algorithm's own folder) and given its value with
/// <see cref="TrainingStatistics.Report"/>. Two numbers with the same name are equal.
/// </summary>
public sealed class TrainingNumber : IEquatable<TrainingNumber>
{
    private static int _declared;

    /// <summary>Declares a number.</summary>
    /// <param name="name">Its name in JSON and on the wire, in snake_case.</param>
    /// <param name="unit">What it counts, in the singular: "step", "reward", "s"; empty for a plain ratio.</param>
    /// <param name="description">Meaning, one line.</param>
    public TrainingNumber(string name, string unit, string description)
    {
        (Name, Unit, Description) = (name, unit, description);
        Order = Interlocked.Increment(ref _declared);
    }

    /// <summary>The name in JSON and on the wire, in snake_case.</summary>
    public string Name { get; }

    /// <summary>What it counts, in the singular; empty for a plain ratio.</summary>
    public string Unit { get; }

    /// <summary>Meaning, one line.</summary>
    public string Description { get; }

    /// <summary>Whether it is always a whole number; JSON then has it without a fraction.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Name on a terminal or a dashboard; null where it is not shown there by default.</summary>
    public string? Label { get; init; }

    /// <summary>The .NET format in which people read it.</summary>
    public string Format { get; init; } = "0.##";

    /// <summary>TensorBoard's tag; null where it has no chart.</summary>
    public string? Chart { get; init; }

    /// <summary>Whether the chart takes its points from log records or from the progress reports.</summary>
    public ChartSource ChartSource { get; init; }

    /// <summary>Name of the OpenTelemetry instrument, without the service's prefix; null where there is none.</summary>
    public string? Instrument { get; init; }

    /// <summary>Kind of that instrument.</summary>
    public InstrumentKind InstrumentKind { get; init; }

    /// <summary>Position among the declared numbers: sets of numbers are iterated in this order.</summary>
    internal int Order { get; }

    /// <inheritdoc/>
    public bool Equals(TrainingNumber? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TrainingNumber);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Where a chart's points come from.</summary>
public enum ChartSource
{
    /// <summary>Each log record: an episode or iteration.</summary>
    Records,

    /// <summary>The progress reports, thinned out to one in some seconds.</summary>
    Progress,
}

/// <summary>Kind of an OpenTelemetry instrument.</summary>
public enum InstrumentKind
{
    /// <summary>Adds what a progress report has more than the one before.</summary>
    Counter,

    /// <summary>The value of the newest progress report.</summary>
    Gauge,

    /// <summary>The values of the log records.</summary>
    Histogram,
}
