using DqnAspire.Core.Networks;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Samples.NetworkBackend;

/// <summary>A dense layer on one sample: y = x W + b, with a ReLU if asked.</summary>
internal sealed class DenseLayer
{
    private readonly bool _relu;
    private double[] _input = [];

    public DenseLayer(NetworkDefinition network, string name, int inputs, int outputs, bool relu, Pcg64 random)
    {
        _relu = relu;
        Weight = new Tensor(
            network, ParameterRole.Weight, $"{name}.weight", [outputs, inputs], inputs, outputs, random);
        Bias = new Tensor(network, ParameterRole.Bias, $"{name}.bias", [outputs], inputs, outputs, random);
        Output = new double[outputs];
    }

    public Tensor Weight { get; }

    public Tensor Bias { get; }

    public double[] Output { get; }

    public double[] Forward(double[] input)
    {
        _input = input;
        for (var o = 0; o < Output.Length; o++)
        {
            double sum = Bias.Values[o];
            for (var i = 0; i < input.Length; i++)
            {
                sum += Weight.Values[(o * input.Length) + i] * input[i];
            }

            Output[o] = _relu ? Math.Max(sum, 0) : sum;
        }

        return Output;
    }

    /// <summary>Adds the gradients of a sample, and gives the gradient of the input.</summary>
    public double[] Backward(double[] delta)
    {
        var inputDelta = new double[_input.Length];
        for (var o = 0; o < Output.Length; o++)
        {
            var gradient = _relu && Output[o] <= 0 ? 0 : delta[o];
            Bias.Gradient[o] += gradient;
            for (var i = 0; i < _input.Length; i++)
            {
                Weight.Gradient[(o * _input.Length) + i] += gradient * _input[i];
                inputDelta[i] += gradient * Weight.Values[(o * _input.Length) + i];
            }
        }

        return inputDelta;
    }
}
