using DqnAspire.NeuralNetworks.Kernels;
using DqnAspire.NeuralNetworks.Memory;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>
/// Layer normalisation (Ba et al. 2016) over all values of a sample: y = gain (x - mean) / sqrt(variance + 1e-5) + shift, with
/// a gain and a shift for each value, as PyTorch's <c>LayerNorm</c> over the whole shape.
/// </summary>
internal sealed class LayerNormLayer : Layer
{
    private const double Epsilon = 1e-5;

    private readonly Parameter _gain;
    private readonly Parameter _shift;
    private readonly int[] _places;
    private double[] _mean = [];
    private double[] _inverseDeviation = [];

    public LayerNormLayer(Layout input)
        : base(input, Layout.Padded(input.Shape))
    {
        var shape = input.Shape;
        int[] outside = shape.IsPicture ? [shape.Channels, shape.Height, shape.Width] : [shape.Channels];
        var length = Padding.RoundUp(shape.Features);
        _gain = new Parameter("weight", ParameterRole.Gain, outside, 1, 1, length, i => i);
        _shift = new Parameter("bias", ParameterRole.Shift, outside, 1, 1, length, i => i);
        _places = [.. Enumerable.Range(0, shape.Features).Select(input.IndexOf)];
        OutputPlaces = [.. Enumerable.Range(0, shape.Features).Select(Output.IndexOf)];
    }

    public override string Description => "layer norm";

    public override IReadOnlyList<Parameter> Parameters => [_gain, _shift];

    private int[] OutputPlaces { get; }

    public override void Forward(AlignedBuffer input, int count, Pass pass)
    {
        var gain = _gain.Weights;
        var shift = _shift.Weights;
        for (var sample = 0; sample < count; sample++)
        {
            var x = input.Slice(sample * Input.SampleStride, Input.SampleStride);
            var y = Value.Slice(sample * Output.SampleStride, Output.SampleStride);
            var sum = 0.0;
            foreach (var place in _places)
            {
                sum += x[place];
            }

            var mean = sum / _places.Length;
            var squares = 0.0;
            foreach (var place in _places)
            {
                squares += (x[place] - mean) * (x[place] - mean);
            }

            var inverse = 1 / Math.Sqrt((squares / _places.Length) + Epsilon);
            (_mean[sample], _inverseDeviation[sample]) = (mean, inverse);
            for (var i = 0; i < _places.Length; i++)
            {
                y[OutputPlaces[i]] = (float)((x[_places[i]] - mean) * inverse * gain[i]) + shift[i];
            }
        }
    }

    /// <summary>With n = (x - mean) / deviation and g = dy gain: dx = (g - mean(g) - n mean(g n)) / deviation.</summary>
    public override void Backward(AlignedBuffer input, int count, InputGradient into)
    {
        var gain = _gain.Weights;
        var gainGradient = _gain.Gradients;
        var shiftGradient = _shift.Gradients;
        gainGradient.Clear();
        shiftGradient.Clear();
        for (var sample = 0; sample < count; sample++)
        {
            var x = input.Slice(sample * Input.SampleStride, Input.SampleStride);
            var delta = Delta.Slice(sample * Output.SampleStride, Output.SampleStride);
            var (mean, inverse) = (_mean[sample], _inverseDeviation[sample]);
            var (sum, product) = (0.0, 0.0);
            for (var i = 0; i < _places.Length; i++)
            {
                var d = delta[OutputPlaces[i]];
                var normal = (x[_places[i]] - mean) * inverse;
                sum += d * gain[i];
                product += d * gain[i] * normal;
                gainGradient[i] += (float)(d * normal);
                shiftGradient[i] += d;
            }

            if (into.Buffer is not { } buffer)
            {
                continue;
            }

            (sum, product) = (sum / _places.Length, product / _places.Length);
            var dx = buffer.Slice(sample * Input.SampleStride, Input.SampleStride);
            for (var i = 0; i < _places.Length; i++)
            {
                var place = _places[i];
                var normal = (x[place] - mean) * inverse;
                var gradient = (float)(inverse * ((delta[OutputPlaces[i]] * gain[i]) - sum - (normal * product)));
                dx[place] = into.Accumulate ? dx[place] + gradient : gradient;
            }
        }

        into.Mask(input, 0, count * Input.SampleStride);
    }

    protected override void Grow(int count)
    {
        base.Grow(count);
        (_mean, _inverseDeviation) = (new double[count], new double[count]);
    }
}
