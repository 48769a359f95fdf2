using System.Globalization;
using DqnAspire.Agents.Settings;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Networks;

namespace DqnAspire.Agents.Networks;

/// <summary>
/// What the products of a run's sizes come to, each of which is in its range: refused before anything is allocated, as
/// a process without memory ends with no word about which size it was.
/// </summary>
internal static class TrainingMemory
{
    /// <summary>Online network, its gradient, two moments of the optimiser, target network, acting network.</summary>
    private const int CopiesOfWeights = 6;

    /// <summary>A layer's output and its gradient.</summary>
    private const int CopiesOfOutputs = 2;

    private const double Gigabyte = 1e9;

    /// <summary>Checks that a run fits into this process.</summary>
    /// <param name="settings">The run's settings, which the message names.</param>
    /// <param name="network">Those of its network.</param>
    /// <param name="definition">The network.</param>
    /// <param name="environment">What is played.</param>
    /// <param name="batch">States in a training call.</param>
    /// <param name="kept">States that are kept besides, in one array.</param>
    /// <exception cref="SettingException">It does not; the message names the sizes.</exception>
    public static void Require(
        TrainingSettings settings, NetworkSection network, NetworkDefinition definition, EnvironmentInfo environment,
        int batch, long kept)
    {
        var state = (double)network.Stack * environment.ObservationSpace.ByteCount;
        var (parameters, outputs) = Count(definition);
        var needed = (CopiesOfWeights * parameters * sizeof(float))
            + (CopiesOfOutputs * outputs * sizeof(float) * batch)
            + (state * ((2.0 * batch) + kept));
        var available = (double)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var largest = Math.Max(parameters * sizeof(float), state * Math.Max(batch, kept));
        if (needed <= available && largest <= Array.MaxLength)
        {
            return;
        }

        var named = SettingsEditor.List(settings).Where(setting => IsSize(setting.Name))
            .Select(setting => $"{setting.Name}={setting.Value}");
        throw new SettingException(string.Create(
            CultureInfo.InvariantCulture,
            $"The run is too large: {string.Join(", ", named)} with observations of "
            + $"{environment.ObservationSpace.ByteCount} bytes make {parameters:N0} parameters and take about "
            + $"{needed / Gigabyte:0.#} GB, {largest / Gigabyte:0.#} GB of it in one piece; this process can take "
            + $"{available / Gigabyte:0.#} GB, and {Array.MaxLength / Gigabyte:0.#} GB in one piece."));
    }

    private static bool IsSize(string name) => name is "Environment:Lanes" or "Network:HiddenUnits"
        or "Network:HiddenLayers" or "Network:Stack" or "Network:Atoms" or "Replay:BatchSize" or "Agent:RolloutSteps";

    /// <summary>Weights, and values that a sample's layers give; as numbers that do not overflow.</summary>
    private static (double Weights, double Outputs) Count(NetworkDefinition definition)
    {
        var (weights, outputs) = (0.0, 0.0);
        var shape = definition.Observation;
        foreach (var layer in definition.Layers)
        {
            weights += Weights(layer, shape);
            shape = layer.OutputOf(shape);
            outputs += Values(shape);
        }

        var head = definition.Head;
        var hidden = head.HiddenUnits > 0 ? (double)head.HiddenUnits : 0;
        var branches = head.Dueling ? 2 : 1;
        var noise = head.NoiseScale > 0 ? 2 : 1;
        var into = hidden > 0 ? hidden : Values(shape);
        var values = (double)head.Actions * head.Values.Outputs;
        weights += branches * noise * ((hidden * Values(shape)) + (into * values));
        return (weights, outputs + (branches * (hidden + values)));
    }

    private static double Weights(LayerDefinition layer, FeatureShape input) => layer switch
    {
        ConvolutionDefinition c => (double)c.Filters * ((input.Channels * (double)c.Kernel * c.Kernel) + 1),
        DenseDefinition d => d.Units * (Values(input) + 1),
        LayerNormDefinition => 2 * Values(input),
        ResidualDefinition r => Weights(r.Inner, input),
        _ => 0,
    };

    private static double Weights(IEnumerable<LayerDefinition> layers, FeatureShape shape)
    {
        var sum = 0.0;
        foreach (var layer in layers)
        {
            sum += Weights(layer, shape);
            shape = layer.OutputOf(shape);
        }

        return sum;
    }

    private static double Values(FeatureShape shape) => (double)shape.Channels * shape.Height * shape.Width;
}
