using System.Globalization;

namespace DqnAspire.NeuralNetworks.Definitions;

/// <summary>What stands on a network's last common layer and gives the action values.</summary>
/// <param name="Actions">Number of actions.</param>
public sealed record HeadDefinition(int Actions)
{
    /// <summary>Units of a dense ReLU layer before the outputs, one in each branch of a dueling head; 0: none.</summary>
    public int HiddenUnits { get; init; }

    /// <summary>Share of the hidden layer's values that dropout makes zero in training; 0: none.</summary>
    public double HiddenDropout { get; init; }

    /// <summary>What the outputs say about an action's return.</summary>
    public ValueDistribution Values { get; init; } = new PlainValues();

    /// <summary>Separate branches for the state's value and the actions' advantages.</summary>
    public bool Dueling { get; init; }

    /// <summary>sigma0 of noisy dense layers in the head; 0: ordinary ones.</summary>
    public double NoiseScale { get; init; }

    /// <summary>The number of actions, then what differs from a plain linear head.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Actions}")
        + (HiddenUnits > 0 ? string.Create(CultureInfo.InvariantCulture, $" hidden({HiddenUnits})") : "")
        + (Dueling ? " dueling" : "")
        + (NoiseScale > 0 ? string.Create(CultureInfo.InvariantCulture, $" noisy({NoiseScale})") : "")
        + (Values is PlainValues ? "" : $" {Values}");
}
