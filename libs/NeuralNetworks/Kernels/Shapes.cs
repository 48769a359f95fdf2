using System.Runtime.CompilerServices;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>Rejects buffers that are too short for a kernel: the kernels themselves check no index.</summary>
internal static class Shapes
{
    public static void Require(
        ReadOnlySpan<float> buffer, int length, [CallerArgumentExpression(nameof(buffer))] string name = "")
    {
        if (buffer.Length < length)
        {
            throw Misfit(buffer, $"{length} are needed", name);
        }
    }

    /// <summary>Rejects a buffer that is not a whole number of the widest registers.</summary>
    public static void RequireWhole(
        ReadOnlySpan<float> buffer, [CallerArgumentExpression(nameof(buffer))] string name = "")
    {
        if (buffer.Length % Padding.Multiple != 0)
        {
            throw Misfit(buffer, $"a multiple of {Padding.Multiple} is needed", name);
        }
    }

    // A kernel keeps its operands in fields, whose names begin with an underscore.
    private static ArgumentException Misfit(ReadOnlySpan<float> buffer, string need, string name) =>
        new($"{name.TrimStart('_')} has {buffer.Length} elements; {need}.", name.TrimStart('_'));
}
