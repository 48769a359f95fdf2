using DqnAspire.Core;
using DqnAspire.Core.Networks;

namespace DqnAspire.Agents.Settings;

#pragma warning disable CS1591 // Each property's SettingAttribute is its documentation.

/// <summary>The network that gives the action values.</summary>
public sealed class NetworkSection
{
    [Setting("Layers before the head.")]
    public NetworkKind Kind { get; set; }

    [Setting(
        "Units of each hidden layer of a dense network, or of the hidden layer of one for pictures; 0: as published.",
        Unit = "units", Min = 0, Max = 4096)]
    public int HiddenUnits { get; set; }

    [Setting("Hidden layers of a dense network, each followed by a ReLU.", Unit = "layers", Min = 0, Max = 16)]
    public int HiddenLayers { get; set; }

    [Setting("Observations that the network sees at once.", Unit = "observations", Min = 1, Max = 64)]
    public int Stack { get; set; } = 1;

    [Setting("What stands for observations before an episode's first.")]
    public StackPadding StackPadding { get; set; }

    [Setting("What the network makes of the bytes of a picture.")]
    public InputScaling PixelScaling { get; set; } = InputScaling.Unit;

    [Setting("Separate branches for the state's value and the actions' advantages (Wang et al. 2016).")]
    public bool Dueling { get; set; }

    [Setting("sigma0 of noisy layers in the head (Fortunato et al. 2018); 0: ordinary layers.", Min = 0, Max = 10)]
    public double NoiseScale { get; set; }

    [Setting(
        "What the network says about an action's return: its mean, a categorical distribution (C51) or quantiles "
        + "(QR-DQN).")]
    public ReturnModel Returns { get; set; }

    [Setting("Atoms of a categorical distribution, or quantiles.", Unit = "atoms", Min = 2, Max = 1024)]
    public int Atoms { get; set; } = 51;

    [Setting("Lowest return of a categorical distribution.", Unit = "reward")]
    public double MinimumReturn { get; set; } = -10;

    [Setting("Highest return of a categorical distribution.", Unit = "reward")]
    public double MaximumReturn { get; set; } = 10;

    [Setting("Layer normalisation after every layer before the head.")]
    public bool LayerNorm { get; set; }

    /// <summary>Checks that the settings fit each other.</summary>
    /// <exception cref="SettingException">Two settings contradict each other; both are named.</exception>
    public void Validate()
    {
        if (Kind == NetworkKind.Dense && HiddenLayers > 0 && HiddenUnits == 0)
        {
            throw new SettingException(
                $"Network:HiddenUnits={HiddenUnits} leaves the {HiddenLayers} layers of Network:HiddenLayers without "
                + "units.");
        }

        if (Kind == NetworkKind.SingleFrame && Stack != 1)
        {
            throw new SettingException($"Network:Stack={Stack}: Network:Kind={Kind} sees one frame.");
        }

        if (LayerNorm && NoiseScale > 0)
        {
            throw new SettingException(
                $"Network:LayerNorm=true and Network:NoiseScale={NoiseScale} do not go together; one of them must be "
                + "off.");
        }

        if (LayerNorm && Kind is NetworkKind.SingleFrame or NetworkKind.ImpalaSmall)
        {
            throw new SettingException(
                $"Network:LayerNorm=true is not for Network:Kind={Kind}, which has dropout or residual blocks.");
        }
    }
}

/// <summary>Layers before the head.</summary>
public enum NetworkKind
{
    /// <summary>Dense layers on a vector.</summary>
    Dense,

    /// <summary>Three convolutions and 512 hidden units (Mnih et al. 2015).</summary>
    Nature,

    /// <summary>Two convolutions and 256 hidden units (Mnih et al. 2013).</summary>
    Nips,

    /// <summary>Nature's with dropout, on one frame.</summary>
    SingleFrame,

    /// <summary>IMPALA's residual network at its published width.</summary>
    ImpalaSmall,
}

/// <summary>What a network says about an action's return.</summary>
public enum ReturnModel
{
    /// <summary>Its mean.</summary>
    Mean,

    /// <summary>Probabilities of evenly spaced returns (C51).</summary>
    Categorical,

    /// <summary>Quantiles (QR-DQN).</summary>
    Quantile,
}
