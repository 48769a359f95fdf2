using DqnAspire.Core.Networks;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Safetensors;

namespace DqnAspire.Samples.NetworkBackend;

/// <summary>A trained tensor with its gradient and the state of Adam.</summary>
internal sealed class Tensor
{
    private readonly float[] _mean;
    private readonly float[] _meanSquare;

    public Tensor(
        NetworkDefinition network, ParameterRole role, string name, int[] shape, int inputs, int outputs, Pcg64 random)
    {
        (Name, Shape) = (name, shape);
        var count = shape.Aggregate(1, (product, axis) => product * axis);
        Values = InitialWeights.Draw(network, role, count, inputs, outputs, random);
        Gradient = new double[count];
        (_mean, _meanSquare) = (new float[count], new float[count]);
    }

    public string Name { get; }

    public int[] Shape { get; }

    public float[] Values { get; }

    public double[] Gradient { get; }

    /// <summary>Takes a step of Adam, with the gradient limited to [-bound, bound].</summary>
    public void Step(Adam adam, double rate, long step, double bound)
    {
        var correction1 = 1 - Math.Pow(adam.Beta1, step);
        var correction2 = Math.Sqrt(1 - Math.Pow(adam.Beta2, step));
        for (var i = 0; i < Values.Length; i++)
        {
            var gradient = Math.Clamp(Gradient[i], -bound, bound);
            _mean[i] += (float)((gradient - _mean[i]) * (1 - adam.Beta1));
            _meanSquare[i] += (float)(((gradient * gradient) - _meanSquare[i]) * (1 - adam.Beta2));
            var root = Math.Sqrt(_meanSquare[i]);
            Values[i] -= (float)(adam.EpsilonBeforeCorrection
                ? rate * correction2 / correction1 * _mean[i] / (root + adam.Epsilon)
                : rate / correction1 * _mean[i] / ((root / correction2) + adam.Epsilon));
        }
    }

    public void Save(SafetensorsFile file, string prefix, bool withOptimizer)
    {
        file.Add(prefix + Name, Shape, Values);
        if (withOptimizer)
        {
            file.Add($"{prefix}optimizer.m.{Name}", Shape, _mean);
            file.Add($"{prefix}optimizer.v.{Name}", Shape, _meanSquare);
        }
    }

    /// <summary>
    /// Reads everything that is needed, and gives what sets it: a file that lacks a tensor changes nothing.
    /// </summary>
    public Action Load(SafetensorsFile file, string prefix, bool withOptimizer)
    {
        var values = file.GetFloat32(prefix + Name, Shape);
        var mean = withOptimizer ? file.GetFloat32($"{prefix}optimizer.m.{Name}", Shape) : _mean;
        var meanSquare = withOptimizer ? file.GetFloat32($"{prefix}optimizer.v.{Name}", Shape) : _meanSquare;
        return () =>
        {
            values.CopyTo(Values, 0);
            mean.CopyTo(_mean, 0);
            meanSquare.CopyTo(_meanSquare, 0);
        };
    }
}
