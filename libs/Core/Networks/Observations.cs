namespace DqnAspire.Core.Networks;

/// <summary>
/// A batch of observations, [count, channels, height, width] or [count, length], as bytes or as floats. Samples may lie
/// apart, or overlap: each begins <see cref="Stride"/> values after the one before it.
/// </summary>
public readonly ref struct Observations
{
    /// <summary>A batch of floats.</summary>
    /// <param name="floats">The values, one sample after the other.</param>
    /// <param name="count">Number of samples.</param>
    public Observations(ReadOnlySpan<float> floats, int count)
        : this(floats, count, floats.Length / Math.Max(1, count))
    {
    }

    /// <summary>A batch of floats whose samples lie apart or overlap.</summary>
    /// <param name="floats">The values, from the first sample's first to the last sample's last.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="stride">Values from the start of a sample to the start of the next.</param>
    public Observations(ReadOnlySpan<float> floats, int count, int stride)
    {
        Floats = floats;
        Count = count;
        Stride = stride;
    }

    /// <summary>A batch of bytes, which the network converts as its <see cref="InputScaling"/> says.</summary>
    /// <param name="bytes">The values, one sample after the other.</param>
    /// <param name="count">Number of samples.</param>
    public Observations(ReadOnlySpan<byte> bytes, int count)
        : this(bytes, count, bytes.Length / Math.Max(1, count))
    {
    }

    /// <summary>A batch of bytes whose samples lie apart or overlap.</summary>
    /// <param name="bytes">The values, from the first sample's first to the last sample's last.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="stride">Values from the start of a sample to the start of the next.</param>
    public Observations(ReadOnlySpan<byte> bytes, int count, int stride)
    {
        Bytes = bytes;
        Count = count;
        Stride = stride;
        AreBytes = true;
    }

    /// <summary>The values of a batch of floats; otherwise empty.</summary>
    public ReadOnlySpan<float> Floats { get; }

    /// <summary>The values of a batch of bytes; otherwise empty.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Values from the start of a sample to the start of the next.</summary>
    public int Stride { get; }

    /// <summary>True for bytes, false for floats.</summary>
    public bool AreBytes { get; }

    /// <summary>Number of values, from the first sample's first to the last sample's last.</summary>
    public int Length => AreBytes ? Bytes.Length : Floats.Length;

    /// <summary>Rejects a batch of another shape.</summary>
    /// <param name="count">Number of samples.</param>
    /// <param name="features">Values of one sample.</param>
    /// <param name="name">Name of the batch in the message.</param>
    /// <exception cref="ArgumentException">The shape differs; the message names both.</exception>
    public void RequireShape(int count, int features, string name)
    {
        if (count < 1 || Count != count || Stride < features || Length != ((count - 1L) * Stride) + features)
        {
            throw new ArgumentException($"{name} has shape [{Length}]; [{count}, {features}] is needed.", name);
        }
    }
}
