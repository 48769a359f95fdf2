using System.Globalization;

namespace DqnAspire.Core.Networks;

/// <summary>Describes the last part of a network, which computes the action values.</summary>
/// <param name="Actions">Number of actions.</param>
public sealed record HeadDefinition(int Actions)
{
    /// <summary>
    /// Units of a dense ReLU layer before the outputs, one in each branch of a dueling head; 0 for none.
    /// </summary>
    public int HiddenUnits { get; init; }

    /// <summary>Dropout rate of the hidden layer in training; 0 for none.</summary>
    public double HiddenDropout { get; init; }

    /// <summary>What the outputs mean.</summary>
    public ValueDistribution Values { get; init; } = new PlainValues();

    /// <summary>
    /// True for separate branches for the state's value and the actions' advantages (Wang et al. 2016).
    /// </summary>
    public bool Dueling { get; init; }

    /// <summary>sigma0 of noisy dense layers in the head (Fortunato et al. 2018); 0 for ordinary layers.</summary>
    public double NoiseScale { get; init; }

    /// <summary>The number of actions, then every difference from a plain linear head.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Actions}")
        + (HiddenUnits > 0 ? string.Create(CultureInfo.InvariantCulture, $" hidden({HiddenUnits})") : "")
        + (Dueling ? " dueling" : "")
        + (NoiseScale > 0 ? string.Create(CultureInfo.InvariantCulture, $" noisy({NoiseScale})") : "")
        + (Values is PlainValues ? "" : $" {Values}");
}
