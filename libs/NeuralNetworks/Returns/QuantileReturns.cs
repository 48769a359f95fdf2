using DqnAspire.Core.Networks;

namespace DqnAspire.NeuralNetworks.Returns;

/// <summary>Computes <see cref="QuantileValues"/>: quantiles of the return (QR-DQN).</summary>
internal sealed class QuantileReturns(QuantileValues values) : ReturnModel(values.Outputs)
{
    public override void Expect(ReadOnlySpan<float> outputs, Span<float> actionValues)
    {
        var quantiles = values.Quantiles;
        for (var action = 0; action < actionValues.Length; action++)
        {
            var sum = 0.0;
            foreach (var quantile in outputs.Slice(action * quantiles, quantiles))
            {
                sum += quantile;
            }

            actionValues[action] = (float)(sum / quantiles);
        }
    }

    /// <summary>Each quantile moves to reward + discount * the quantile (Dabney et al. 2018, equation 9).</summary>
    protected override void Shift(ReadOnlySpan<float> next, float reward, float discount, Span<float> target)
    {
        for (var i = 0; i < next.Length; i++)
        {
            target[i] = reward + (discount * next[i]);
        }
    }
}

/// <summary>Computes <see cref="QuantileHuberLoss"/>.</summary>
internal sealed class QuantileHuberSampleLoss(float kappa) : SampleLoss
{
    public override double Compute(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> target, Span<float> gradient, out float error)
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
