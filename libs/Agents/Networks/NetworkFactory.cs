using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Settings;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.NeuralNetworks.Definitions;
using DqnAspire.NeuralNetworks.Presets;

namespace DqnAspire.Agents.Networks;

/// <summary>Makes the network that a run's settings describe for an environment.</summary>
internal static class NetworkFactory
{
    private const int PictureSide = 84;

    /// <summary>The network's definition.</summary>
    /// <exception cref="SettingException">The settings do not fit the environment; the message names them.</exception>
    public static NetworkDefinition Define(NetworkSection network, EnvironmentInfo environment)
    {
        var space = environment.ObservationSpace;
        var picture = space.Shape is [PictureSide, PictureSide] or [1, PictureSide, PictureSide];
        if (network.Kind != NetworkKind.Dense && !picture)
        {
            throw new SettingException(
                $"Network:Kind={network.Kind} needs observations of {PictureSide}x{PictureSide} pixels; Environment:Id={environment.Id} gives {string.Join('x', space.Shape)}. "
                + "For an Atari game, set Environment:Options:preprocessing.");
        }

        if (network.Kind == NetworkKind.Dense && space.ElementType != ElementType.Float32)
        {
            throw new SettingException($"Network:Kind={network.Kind} needs float32 observations; Environment:Id={environment.Id} gives {space.ElementType}.");
        }

        var definition = Define(network, space.ElementCount, CreateHead(network, environment.Actions));
        return network.LayerNorm ? definition.WithLayerNorm() : definition;
    }

    /// <summary>How observations become that network's input.</summary>
    public static NetworkInput Input(NetworkSection network, EnvironmentInfo environment) =>
        new(environment.ObservationSpace.ElementType == ElementType.UInt8, network.Stack, network.StackPadding);

    private static NetworkDefinition Define(NetworkSection network, int observationSize, HeadDefinition head)
    {
        if (network.Kind == NetworkKind.Dense)
        {
            int[] sizes = [observationSize * network.Stack, .. Enumerable.Repeat(network.HiddenUnits, network.HiddenLayers)];
            return NetworkPresets.Dense(sizes, head);
        }

        head = head with { HiddenUnits = network.HiddenUnits };
        return network.Kind switch
        {
            NetworkKind.Nips => NetworkPresets.Nips(head, network.Stack, network.PixelScaling),
            NetworkKind.ImpalaSmall => NetworkPresets.ImpalaSmall(head, network.Stack, network.PixelScaling),
            NetworkKind.SingleFrame => NetworkPresets.SingleFrame(head),
            _ => NetworkPresets.Nature(head, network.Stack, network.PixelScaling),
        };
    }

    private static HeadDefinition CreateHead(NetworkSection network, int actions) => new(actions)
    {
        Dueling = network.Dueling,
        NoiseScale = network.NoiseScale,
        Values = network.Returns switch
        {
            ReturnModel.Categorical => new CategoricalValues(network.Atoms, (float)network.MinimumReturn, (float)network.MaximumReturn),
            ReturnModel.Quantile => new QuantileValues(network.Atoms),
            _ => new PlainValues(),
        },
    };
}
