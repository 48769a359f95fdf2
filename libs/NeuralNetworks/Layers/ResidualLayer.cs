using DqnAspire.NeuralNetworks.Kernels;
using DqnAspire.NeuralNetworks.Memory;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>x + f(x) with layers f that keep the shape and do not end in a ReLU (He et al. 2016).</summary>
internal sealed class ResidualLayer : Layer
{
    private readonly LayerChain _inner;

    public ResidualLayer(LayerChain inner)
        : base(inner.Input, inner.Output)
    {
        _inner = inner;
        if (inner.Input != inner.Output)
        {
            throw new ArgumentException(
                $"A residual block takes {inner.Input.Shape} and would give {inner.Output.Shape}: "
                + "both must be the same.",
                nameof(inner));
        }
    }

    public override string Description => "residual: x + f(x)";

    public override IEnumerable<Layer> Children => _inner.Children;

    public override void Forward(AlignedBuffer input, int count, Pass pass)
    {
        var length = count * Input.SampleStride;
        _inner.Forward(input, count, pass);
        input.Slice(0, length).CopyTo(Value.Span);
        VectorAdd.Execute(_inner.Value.Slice(0, length), Value.Slice(0, length));
    }

    public override void Backward(AlignedBuffer input, int count, InputGradient into)
    {
        var length = count * Input.SampleStride;
        Delta.Slice(0, length).CopyTo(_inner.Delta.Span);
        into.Add(Delta.Slice(0, length), 0);
        _inner.Backward(input, count, into with { Accumulate = true });
    }

    protected override void Grow(int count)
    {
        base.Grow(count);
        _inner.Reserve(count, training: false);
    }

    protected override void GrowTraining(int count)
    {
        base.GrowTraining(count);
        _inner.Reserve(count, training: true);
    }
}
