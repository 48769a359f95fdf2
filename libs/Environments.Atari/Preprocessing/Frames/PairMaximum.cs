using System.Numerics;

namespace DqnAspire.Environments.Atari.Preprocessing.Frames;

/// <summary>
/// The larger of two frames in every byte. The console draws some objects only in every other frame; in the maximum of
/// two neighbours all are there.
/// </summary>
public static class PairMaximum
{
    /// <summary>The elementwise maximum.</summary>
    /// <param name="first">A frame.</param>
    /// <param name="second">Another of the same size.</param>
    /// <param name="result">Receives the maximum; may be one of the two.</param>
    /// <exception cref="ArgumentException">The sizes differ, or <paramref name="result"/> is too short.</exception>
    public static void Compute(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> result)
    {
        if (first.Length != second.Length || result.Length < first.Length)
        {
            throw new ArgumentException(
                $"Frames of {first.Length} and {second.Length} bytes have no maximum of {result.Length} bytes.");
        }

        var i = 0;
        for (; i + Vector<byte>.Count <= first.Length; i += Vector<byte>.Count)
        {
            Vector.Max(new Vector<byte>(first[i..]), new Vector<byte>(second[i..])).CopyTo(result[i..]);
        }

        for (; i < first.Length; i++)
        {
            result[i] = Math.Max(first[i], second[i]);
        }
    }
}
