using System.Globalization;

namespace DqnAspire.NeuralNetworks.Definitions;

/// <summary>What a network says about an action's return.</summary>
public abstract record ValueDistribution
{
    /// <summary>Outputs for each action.</summary>
    public abstract int Outputs { get; }

    /// <summary>Expected returns from a head's outputs.</summary>
    /// <param name="outputs">[actions, <see cref="Outputs"/>].</param>
    /// <param name="actionValues">Receives [actions].</param>
    public abstract void Expect(ReadOnlySpan<float> outputs, Span<float> actionValues);

    /// <summary>The distributions that a head's outputs stand for: values, probabilities or quantiles.</summary>
    /// <param name="outputs">[actions, <see cref="Outputs"/>].</param>
    /// <param name="distributions">Receives as many.</param>
    public virtual void Resolve(ReadOnlySpan<float> outputs, Span<float> distributions) => outputs.CopyTo(distributions);
}

/// <summary>The expected return by itself (Mnih et al. 2015).</summary>
public sealed record PlainValues : ValueDistribution
{
    /// <inheritdoc/>
    public override int Outputs => 1;

    /// <inheritdoc/>
    public override void Expect(ReadOnlySpan<float> outputs, Span<float> actionValues) => outputs.CopyTo(actionValues);

    /// <inheritdoc/>
    public override string ToString() => "plain";
}

/// <summary>Probabilities of evenly spaced returns, the softmax of the outputs (Bellemare et al. 2017, C51).</summary>
/// <param name="Atoms">Number of returns, at least 2.</param>
/// <param name="Minimum">Lowest return.</param>
/// <param name="Maximum">Highest return.</param>
public sealed record CategoricalValues(int Atoms, float Minimum, float Maximum) : ValueDistribution
{
    /// <inheritdoc/>
    public override int Outputs => Atoms;

    /// <summary>Distance between neighbouring returns.</summary>
    public float Spacing => (Maximum - Minimum) / (Atoms - 1);

    /// <inheritdoc/>
    public override void Expect(ReadOnlySpan<float> outputs, Span<float> actionValues)
    {
        Span<float> probabilities = stackalloc float[Atoms];
        for (var action = 0; action < actionValues.Length; action++)
        {
            Losses.Softmax.Execute(outputs.Slice(action * Atoms, Atoms), probabilities);
            var sum = 0.0;
            for (var atom = 0; atom < Atoms; atom++)
            {
                sum += probabilities[atom] * (Minimum + ((double)atom * Spacing));
            }

            actionValues[action] = (float)sum;
        }
    }

    /// <inheritdoc/>
    public override void Resolve(ReadOnlySpan<float> outputs, Span<float> distributions)
    {
        for (var start = 0; start < outputs.Length; start += Atoms)
        {
            Losses.Softmax.Execute(outputs.Slice(start, Atoms), distributions.Slice(start, Atoms));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"c51({Atoms},{Minimum},{Maximum})");
}

/// <summary>Quantiles of the return at the midpoints (i + 1/2) / n (Dabney et al. 2018, QR-DQN).</summary>
/// <param name="Quantiles">Number of quantiles.</param>
public sealed record QuantileValues(int Quantiles) : ValueDistribution
{
    /// <inheritdoc/>
    public override int Outputs => Quantiles;

    /// <inheritdoc/>
    public override void Expect(ReadOnlySpan<float> outputs, Span<float> actionValues)
    {
        for (var action = 0; action < actionValues.Length; action++)
        {
            var sum = 0.0;
            foreach (var quantile in outputs.Slice(action * Quantiles, Quantiles))
            {
                sum += quantile;
            }

            actionValues[action] = (float)(sum / Quantiles);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"quantile({Quantiles})");
}
