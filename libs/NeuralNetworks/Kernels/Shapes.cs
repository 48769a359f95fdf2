using System.Runtime.CompilerServices;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>Refuses buffers that a kernel would run over: the kernels themselves do not check.</summary>
internal static class Shapes
{
    public static void Require(ReadOnlySpan<float> buffer, int length, [CallerArgumentExpression(nameof(buffer))] string name = "")
    {
        if (buffer.Length < length)
        {
            throw new ArgumentException($"{name} has {buffer.Length} elements; {length} are needed.", name);
        }
    }

    /// <summary>Refuses a buffer that is no whole number of the widest registers.</summary>
    public static void RequireWhole(ReadOnlySpan<float> buffer, [CallerArgumentExpression(nameof(buffer))] string name = "")
    {
        if (buffer.Length % Padding.Multiple != 0)
        {
            throw new ArgumentException($"{name} has {buffer.Length} elements; a multiple of {Padding.Multiple} is needed.", name);
        }
    }
}
