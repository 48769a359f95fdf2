using System.Numerics.Tensors;

namespace DqnAspire.Environments.Atari.Preprocessing.Frames;

/// <summary>
/// The larger of two frames in every byte. The console draws some objects only in every other frame; in the maximum of two
/// neighbours all are there.
/// </summary>
public static class PairMaximum
{
    /// <summary>The elementwise maximum.</summary>
    /// <param name="first">A frame.</param>
    /// <param name="second">Another of the same size.</param>
    /// <param name="result">Receives the maximum; may be one of the two.</param>
    /// <exception cref="ArgumentException">The sizes differ, or <paramref name="result"/> is too short.</exception>
    public static void Compute(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> result) =>
        TensorPrimitives.Max(first, second, result);
}
