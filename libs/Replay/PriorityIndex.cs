using DqnAspire.Replay.Sampling;

namespace DqnAspire.Replay;

/// <summary>
/// Priorities of a table's transitions, and the tree of priority^alpha from which they are drawn. A transition's entry
/// is its number modulo the capacity.
/// </summary>
public sealed class PriorityIndex
{
    private readonly double _exponent;
    private readonly float[] _priorities;

    internal PriorityIndex(int capacity, double exponent)
    {
        _exponent = exponent;
        Limit = LimitOf(capacity, exponent);
        _priorities = new float[capacity];
        Tree = new SumTree(capacity);
    }

    /// <summary>
    /// The highest priority that any transition ever had, at first 1. New transitions get it, so that each is sampled
    /// soon.
    /// </summary>
    public float Max { get; internal set; } = 1;

    /// <summary>
    /// Maximum of a priority: with every entry at it, the sum of all priority^alpha is still a finite number.
    /// </summary>
    public float Limit { get; }

    /// <summary>Entries in the ring.</summary>
    public int Capacity => _priorities.Length;

    /// <summary>Each entry's priority^alpha; 0 where there is no transition.</summary>
    public SumTree Tree { get; }

    /// <summary>An entry's priority.</summary>
    public float Priority(int entry) => _priorities[entry];

    /// <summary>Whether a transition can have a priority: a number from 0 to <see cref="Limit"/>.</summary>
    public bool Allows(float priority) => priority >= 0 && priority <= Limit;

    internal void Set(int entry, float priority)
    {
        _priorities[entry] = priority;
        // 0^0 is 1 elsewhere; a priority of 0 always means never.
        Tree[entry] = priority > 0 ? Math.Pow(priority, _exponent) : 0;
        Max = Math.Max(Max, priority);
    }

    internal void Clear(int entry)
    {
        _priorities[entry] = 0;
        Tree[entry] = 0;
    }

    // A thousandth less than what is possible, for the roundings of power and sum.
    private static float LimitOf(int capacity, double exponent) =>
        (float)Math.Min(float.MaxValue, 0.999 * Math.Pow(double.MaxValue / capacity, 1 / exponent));
}
