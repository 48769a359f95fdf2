using DqnAspire.NeuralNetworks.Definitions;

namespace DqnAspire.NeuralNetworks.Losses;

/// <summary>
/// -sum of p[i] log softmax(outputs)[i] for a target distribution p over the atoms (Bellemare et al. 2017, algorithm 1). The
/// loss itself stands for the TD error, as Rainbow's priorities take it.
/// </summary>
public sealed class CategoricalCrossEntropy : Loss
{
    /// <inheritdoc/>
    public override string Name => "categorical cross-entropy";

    /// <inheritdoc/>
    public override void Require(HeadDefinition head)
    {
        if (head.Values is not CategoricalValues)
        {
            throw new ArgumentException($"The loss {Name} needs a categorical head; the network's gives {head.Values}.", nameof(head));
        }
    }

    /// <inheritdoc/>
    public override double Sample(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target, Span<float> gradient, out float error)
    {
        Softmax.Execute(outputs, gradient);
        var logSum = Softmax.LogSum(outputs);
        var loss = 0.0;
        var mass = 0f;
        for (var atom = 0; atom < outputs.Length; atom++)
        {
            loss -= target[atom] * (outputs[atom] - logSum);
            mass += target[atom];
        }

        for (var atom = 0; atom < outputs.Length; atom++)
        {
            gradient[atom] = (gradient[atom] * mass) - target[atom];
        }

        error = (float)loss;
        return loss;
    }
}
