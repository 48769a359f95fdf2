namespace DqnAspire.Runs.Curves;

/// <summary>
/// A curve of any length in a bounded space: when it is full, neighbouring points are joined in pairs, and each point
/// from there on stands for twice as many values. Between half its capacity and its capacity of points remain.
/// </summary>
/// <param name="capacity">Maximum number of points, even.</param>
internal sealed class DecimatedSeries(int capacity = DecimatedSeries.DefaultCapacity)
{
    /// <summary>More than a picture has room to show.</summary>
    public const int DefaultCapacity = 600;

    private readonly List<Bucket> _buckets = [];
    private int _bucketSize = 1;

    /// <summary>Whether a point stands for more than one value.</summary>
    public bool IsDecimated => _bucketSize > 1;

    /// <summary>The points; the last one may stand for fewer values than the others.</summary>
    public IReadOnlyList<CurvePoint> Points => [.. _buckets.Select(b => b.ToPoint())];

    /// <summary>Adds a value; what is no number is left out.</summary>
    public void Add(double steps, double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        if (_buckets.Count > 0 && _buckets[^1].Count < _bucketSize)
        {
            _buckets[^1] = _buckets[^1].Join(new Bucket(1, steps, value, value, value));
            return;
        }

        if (_buckets.Count == capacity)
        {
            for (var i = 0; i < capacity / 2; i++)
            {
                _buckets[i] = _buckets[2 * i].Join(_buckets[(2 * i) + 1]);
            }

            _buckets.RemoveRange(capacity / 2, capacity / 2);
            _bucketSize *= 2;
        }

        _buckets.Add(new Bucket(1, steps, value, value, value));
    }

    private readonly record struct Bucket(int Count, double Steps, double Sum, double Low, double High)
    {
        public Bucket Join(Bucket other) =>
            new(
                Count + other.Count,
                Steps + other.Steps,
                Sum + other.Sum,
                Math.Min(Low, other.Low),
                Math.Max(High, other.High));

        public CurvePoint ToPoint() => new(Steps / Count, Sum / Count, Low, High);
    }
}
