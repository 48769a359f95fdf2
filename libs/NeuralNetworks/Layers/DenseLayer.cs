using System.Globalization;
using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Memory;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>y = W x + b over all values of a sample, with ReLU if asked. Weights outside: [outputs, inputs].</summary>
internal sealed class DenseLayer : Layer
{
    private readonly DenseProduct _product;
    private readonly Parameter _weight;
    private readonly Parameter _bias;
    private readonly bool _relu;

    public DenseLayer(Layout input, int units, bool relu, WorkerPool pool)
        : base(input, Layout.Padded(new FeatureShape(units)))
    {
        _relu = relu;
        _product = new DenseProduct(input.SampleStride, units, relu, pool);
        var inputs = input.Shape.Features;
        var panels = _product.Panels;
        _weight = new Parameter(
            "weight", ParameterRole.Weight, [units, inputs], inputs, units, panels.Length,
            i => panels.IndexOf(input.IndexOf(i % inputs), i / inputs));
        _bias = new Parameter("bias", ParameterRole.Bias, [units], inputs, units, panels.Stride, i => i);
    }

    public override string Description =>
        string.Create(CultureInfo.InvariantCulture, $"dense {Output.Shape.Channels}{(_relu ? ", ReLU" : "")}");

    public override IReadOnlyList<Parameter> Parameters => [_weight, _bias];

    public override bool EndsInRelu => _relu;

    public override void Forward(AlignedBuffer input, int count, Pass pass) =>
        _product.Forward(input, count, _weight.WeightBuffer, _weight.Offset, _bias.WeightBuffer, _bias.Offset, Value);

    public override void Backward(AlignedBuffer input, int count, InputGradient into)
    {
        _product.WeightGradient(
            input, count, Delta, _weight.GradientBuffer, _weight.Offset, _bias.GradientBuffer, _bias.Offset);
        if (into.Buffer is not null)
        {
            _product.InputGradient(input, count, Delta, _weight.WeightBuffer, _weight.Offset, into);
        }
    }
}
