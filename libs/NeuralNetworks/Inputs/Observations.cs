namespace DqnAspire.NeuralNetworks.Inputs;

/// <summary>A batch of observations, [count, channels, height, width] or [count, length], as bytes or as floats.</summary>
public readonly ref struct Observations
{
    /// <summary>Observations of floats.</summary>
    /// <param name="floats">The values, sample after sample.</param>
    /// <param name="count">Samples.</param>
    public Observations(ReadOnlySpan<float> floats, int count)
    {
        Floats = floats;
        Count = count;
    }

    /// <summary>Observations of bytes, which the network scales as its definition says.</summary>
    /// <param name="bytes">The values, sample after sample.</param>
    /// <param name="count">Samples.</param>
    public Observations(ReadOnlySpan<byte> bytes, int count)
    {
        Bytes = bytes;
        Count = count;
        AreBytes = true;
    }

    /// <summary>The values, when they are floats.</summary>
    public ReadOnlySpan<float> Floats { get; }

    /// <summary>The values, when they are bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Samples.</summary>
    public int Count { get; }

    /// <summary>Which of the two they are.</summary>
    public bool AreBytes { get; }

    /// <summary>Values in all.</summary>
    public int Length => AreBytes ? Bytes.Length : Floats.Length;
}
