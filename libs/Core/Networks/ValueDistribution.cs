using System.Globalization;
using System.Text.Json.Serialization;

namespace DqnAspire.Core.Networks;

/// <summary>Describes what the outputs of a head say about the return of an action.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PlainValues), "plain")]
[JsonDerivedType(typeof(CategoricalValues), "categorical")]
[JsonDerivedType(typeof(QuantileValues), "quantile")]
public abstract record ValueDistribution
{
    /// <summary>Number of outputs for each action.</summary>
    [JsonIgnore]
    public abstract int Outputs { get; }

    /// <summary>The loss that belongs to such outputs; null when any loss of plain action values fits.</summary>
    [JsonIgnore]
    public virtual LossDefinition? Loss => null;
}

/// <summary>The output is the expected return (Mnih et al. 2015).</summary>
public sealed record PlainValues : ValueDistribution
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override int Outputs => 1;

    /// <inheritdoc/>
    public override string ToString() => "plain";
}

/// <summary>
/// The softmax of the outputs is the probability of each of evenly spaced returns (Bellemare et al. 2017, C51).
/// </summary>
/// <param name="Atoms">Number of returns, at least 2.</param>
/// <param name="Minimum">Lowest return.</param>
/// <param name="Maximum">Highest return.</param>
public sealed record CategoricalValues(int Atoms, float Minimum, float Maximum) : ValueDistribution
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override int Outputs => Atoms;

    /// <inheritdoc/>
    [JsonIgnore]
    public override LossDefinition Loss => new CategoricalCrossEntropy();

    /// <summary>Distance between neighbouring returns.</summary>
    [JsonIgnore]
    public float Spacing => (Maximum - Minimum) / (Atoms - 1);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"c51({Atoms},{Minimum},{Maximum})");
}

/// <summary>
/// The outputs are quantiles of the return at the midpoints (i + 1/2) / n (Dabney et al. 2018, QR-DQN).
/// </summary>
/// <param name="Quantiles">Number of quantiles.</param>
public sealed record QuantileValues(int Quantiles) : ValueDistribution
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override int Outputs => Quantiles;

    /// <inheritdoc/>
    [JsonIgnore]
    public override LossDefinition Loss => new QuantileHuberLoss();

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"quantile({Quantiles})");
}
