using System.Globalization;

namespace DqnAspire.Runs.Curves;

/// <summary>A linear axis with round numbers at its ticks and ends that are ticks.</summary>
internal sealed class Axis
{
    private readonly double _step;

    private Axis(string label, double low, double high, double step)
    {
        Label = label;
        Low = low;
        High = high;
        _step = step;
    }

    /// <summary>What it measures, with the unit.</summary>
    public string Label { get; }

    /// <summary>Value at its beginning.</summary>
    public double Low { get; }

    /// <summary>Value at its end.</summary>
    public double High { get; }

    /// <summary>The values that are marked.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            var count = (int)Math.Round((High - Low) / _step);
            return Enumerable.Range(0, count + 1).Select(i => Low + (i * _step)).Select(
                v => Math.Abs(v) < _step / 1e6 ? 0 : v);
        }
    }

    /// <summary>An axis that shows a range, widened to ticks at 1, 2 or 5 times a power of ten.</summary>
    /// <param name="label">What it measures.</param>
    /// <param name="low">Smallest value to show.</param>
    /// <param name="high">Largest value to show.</param>
    /// <param name="intervals">About how many intervals between ticks.</param>
    public static Axis Over(string label, double low, double high, int intervals = 7)
    {
        if (high - low <= Math.Abs(high) * 1e-9)
        {
            high = low + 1;
        }

        var rough = (high - low) / intervals;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = (rough / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
        return new Axis(label, Math.Floor((low / step) + 1e-9) * step, Math.Ceiling((high / step) - 1e-9) * step, step);
    }

    /// <summary>An axis that ends where the values do, for steps: no empty margin at the right.</summary>
    public Axis EndingAt(double high) => new(Label, Low, high > Low ? high : High, _step);

    /// <summary>A value's place, 0 at the beginning and 1 at the end.</summary>
    public double Place(double value) => (value - Low) / (High - Low);

    /// <summary>A tick's number: thousands as k, millions as M.</summary>
    public string Format(double tick)
    {
        var size = Math.Max(Math.Abs(Low), Math.Abs(High));
        var (divisor, suffix) = size switch
        {
            >= 2e6 => (1e6, "M"),
            >= 1e4 => (1e3, "k"),
            _ => (1.0, ""),
        };
        return tick == 0
            ? "0"
            : (tick / divisor).ToString("G6", CultureInfo.InvariantCulture).Replace('-', '\u2212') + suffix;
    }
}
