using DqnAspire.NeuralNetworks.Definitions;

namespace DqnAspire.NeuralNetworks.Losses;

/// <summary>
/// The sum over quantiles i of the mean over target samples j of |tau[i] - 1(u &lt; 0)| H(u) / kappa with u = target[j] - theta[i],
/// tau[i] = (i + 1/2) / n and H Huber's loss with threshold kappa (Dabney et al. 2018, equation 10). The difference of the
/// means is the TD error.
/// </summary>
/// <param name="kappa">Threshold of the Huber loss.</param>
public sealed class QuantileHuberLoss(float kappa = 1) : Loss
{
    /// <inheritdoc/>
    public override string Name => "quantile Huber";

    /// <inheritdoc/>
    public override void Require(HeadDefinition head)
    {
        if (head.Values is not QuantileValues)
        {
            throw new ArgumentException($"The loss {Name} needs a head of quantiles; the network's gives {head.Values}.", nameof(head));
        }
    }

    /// <inheritdoc/>
    public override double Sample(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target, Span<float> gradient, out float error)
    {
        var loss = 0.0;
        var estimate = 0.0;
        for (var i = 0; i < outputs.Length; i++)
        {
            var quantile = (i + 0.5) / outputs.Length;
            var slope = 0.0;
            foreach (var value in target)
            {
                var difference = (double)value - outputs[i];
                var weight = Math.Abs(quantile - (difference < 0 ? 1 : 0)) / kappa;
                var size = Math.Abs(difference);
                loss += weight * (size <= kappa ? size * size / 2 : kappa * (size - (kappa / 2.0)));
                slope -= weight * Math.Clamp(difference, -kappa, kappa);
            }

            gradient[i] = (float)(slope / target.Length);
            estimate += outputs[i];
        }

        var goal = 0.0;
        foreach (var value in target)
        {
            goal += value;
        }

        error = (float)((goal / target.Length) - (estimate / outputs.Length));
        return loss / target.Length;
    }
}
