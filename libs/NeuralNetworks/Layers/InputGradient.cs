using DqnAspire.NeuralNetworks.Kernels;
using DqnAspire.NeuralNetworks.Memory;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>Where a layer leaves the gradient of its input.</summary>
/// <param name="Buffer">Laid out as the input; null when nobody needs it.</param>
/// <param name="Masked">The input came out of a ReLU: the gradient is to be zero where the input is.</param>
/// <param name="Accumulate">Add to what is there: another branch has been.</param>
internal readonly record struct InputGradient(AlignedBuffer? Buffer, bool Masked, bool Accumulate)
{
    /// <summary>For the first layer.</summary>
    public static InputGradient None => default;

    /// <summary>Applies the mask to a range, if one was asked for.</summary>
    public void Mask(AlignedBuffer input, int start, int length)
    {
        if (Masked && Buffer is not null)
        {
            Widest.Run(new ReluMask(input.Slice(start, length), Buffer.Slice(start, length)));
        }
    }

    /// <summary>Puts, or adds, values that lie as the buffer does.</summary>
    public void Add(ReadOnlySpan<float> values, int start)
    {
        if (Buffer is null)
        {
            return;
        }

        var target = Buffer.Slice(start, values.Length);
        if (Accumulate)
        {
            VectorAdd.Execute(values, target);
        }
        else
        {
            values.CopyTo(target);
        }
    }
}
