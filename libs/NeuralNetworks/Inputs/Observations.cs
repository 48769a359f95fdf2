namespace DqnAspire.NeuralNetworks.Inputs;

/// <summary>
/// A batch of observations, [count, channels, height, width] or [count, length], as bytes or as floats. Samples may lie
/// apart, or overlap: each begins <see cref="Stride"/> values after the one before it.
/// </summary>
public readonly ref struct Observations
{
    /// <summary>Observations of floats.</summary>
    /// <param name="floats">The values, sample after sample.</param>
    /// <param name="count">Samples.</param>
    public Observations(ReadOnlySpan<float> floats, int count)
        : this(floats, count, floats.Length / Math.Max(1, count))
    {
    }

    /// <summary>Observations of floats whose samples do not follow each other directly.</summary>
    /// <param name="floats">The values from the first sample's first to the last sample's last.</param>
    /// <param name="count">Samples.</param>
    /// <param name="stride">Values from the start of a sample to the start of the next.</param>
    public Observations(ReadOnlySpan<float> floats, int count, int stride)
    {
        Floats = floats;
        Count = count;
        Stride = stride;
    }

    /// <summary>Observations of bytes, which the network scales as its definition says.</summary>
    /// <param name="bytes">The values, sample after sample.</param>
    /// <param name="count">Samples.</param>
    public Observations(ReadOnlySpan<byte> bytes, int count)
        : this(bytes, count, bytes.Length / Math.Max(1, count))
    {
    }

    /// <summary>Observations of bytes whose samples do not follow each other directly.</summary>
    /// <param name="bytes">The values from the first sample's first to the last sample's last.</param>
    /// <param name="count">Samples.</param>
    /// <param name="stride">Values from the start of a sample to the start of the next.</param>
    public Observations(ReadOnlySpan<byte> bytes, int count, int stride)
    {
        Bytes = bytes;
        Count = count;
        Stride = stride;
        AreBytes = true;
    }

    /// <summary>The values, when they are floats.</summary>
    public ReadOnlySpan<float> Floats { get; }

    /// <summary>The values, when they are bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Samples.</summary>
    public int Count { get; }

    /// <summary>Values from the start of a sample to the start of the next.</summary>
    public int Stride { get; }

    /// <summary>Which of the two they are.</summary>
    public bool AreBytes { get; }

    /// <summary>Values from the first sample's first to the last sample's last.</summary>
    public int Length => AreBytes ? Bytes.Length : Floats.Length;
}
