using System.Numerics.Tensors;
using DqnAspire.NeuralNetworks.Memory;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>max(x, 0), where the layer below does not apply it.</summary>
internal sealed class ReluLayer(Layout input) : Layer(input, input)
{
    public override string Description => "ReLU";

    public override bool EndsInRelu => true;

    public override void Forward(AlignedBuffer input, int count, Pass pass)
    {
        var length = count * Input.SampleStride;
        TensorPrimitives.Max(input.Slice(0, length), 0f, Value.Span);
    }

    public override void Backward(AlignedBuffer input, int count, InputGradient into)
    {
        // The delta already has the mask of this layer.
        var length = count * Input.SampleStride;
        into.Add(Delta.Slice(0, length), 0);
        into.Mask(input, 0, length);
    }
}
