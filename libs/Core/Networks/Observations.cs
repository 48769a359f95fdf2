namespace DqnAspire.Core.Networks;

/// <summary>
/// A batch of observations, [count, channels, height, width] or [count, length], as bytes or as floats.
/// </summary>
public readonly ref struct Observations
{
    /// <summary>A batch of floats.</summary>
    /// <param name="floats">The values, one sample after the other.</param>
    /// <param name="count">Number of samples.</param>
    public Observations(ReadOnlySpan<float> floats, int count)
    {
        Floats = floats;
        Count = count;
    }

    /// <summary>A batch of bytes, which the network converts as its <see cref="InputScaling"/> says.</summary>
    /// <param name="bytes">The values, one sample after the other.</param>
    /// <param name="count">Number of samples.</param>
    public Observations(ReadOnlySpan<byte> bytes, int count)
    {
        Bytes = bytes;
        Count = count;
        AreBytes = true;
    }

    /// <summary>The values of a batch of floats; otherwise empty.</summary>
    public ReadOnlySpan<float> Floats { get; }

    /// <summary>The values of a batch of bytes; otherwise empty.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>True for bytes, false for floats.</summary>
    public bool AreBytes { get; }

    /// <summary>Number of values in the whole batch.</summary>
    public int Length => AreBytes ? Bytes.Length : Floats.Length;
}
