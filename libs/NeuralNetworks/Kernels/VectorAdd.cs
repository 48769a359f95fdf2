using System.Numerics;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>sum[i] += addend[i].</summary>
internal static class VectorAdd
{
    public static void Execute(ReadOnlySpan<float> addend, Span<float> sum)
    {
        Shapes.Require(addend, sum.Length);
        var i = 0;
        for (; i + Vector<float>.Count <= sum.Length; i += Vector<float>.Count)
        {
            (new Vector<float>(sum[i..]) + new Vector<float>(addend[i..])).CopyTo(sum[i..]);
        }

        for (; i < sum.Length; i++)
        {
            sum[i] += addend[i];
        }
    }
}
