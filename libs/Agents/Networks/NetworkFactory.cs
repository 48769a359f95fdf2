using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Settings;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Networks;

namespace DqnAspire.Agents.Networks;

/// <summary>Makes the description of the network that a run's settings and its environment ask for.</summary>
public static class NetworkFactory
{
    /// <summary>Describes the network.</summary>
    /// <exception cref="SettingException">The settings do not fit the environment; the message names both.</exception>
    public static NetworkDefinition Define(NetworkSection network, EnvironmentInfo environment)
    {
        var space = environment.ObservationSpace;
        if (network.Kind == NetworkKind.Dense && space.ElementType != ElementType.Float32)
        {
            throw new SettingException(
                $"Network:Kind={network.Kind} needs float32 observations; "
                + $"Environment:Id={environment.Id} gives {space.ElementType}.");
        }

        var head = CreateHead(network, environment.Actions);
        var definition = network.Kind == NetworkKind.Dense
            ? NetworkPresets.Dense(DenseSizes(network, space.ElementCount), head)
            : ForPictures(network, environment, head with { HiddenUnits = network.HiddenUnits });
        return network.LayerNorm ? definition.WithLayerNorm() : definition;
    }

    /// <summary>How observations become the input of that network.</summary>
    public static NetworkInput Input(NetworkSection network, EnvironmentInfo environment) =>
        new(environment.ObservationSpace.ElementType == ElementType.UInt8, network.Stack, network.StackPadding);

    private static int[] DenseSizes(NetworkSection network, int observationSize) =>
        [observationSize * network.Stack, .. Enumerable.Repeat(network.HiddenUnits, network.HiddenLayers)];

    private static NetworkDefinition ForPictures(
        NetworkSection network, EnvironmentInfo environment, HeadDefinition head)
    {
        // A stack of observations [height, width] or [1, height, width] is [stack, height, width] to the network.
        var frames = environment.ObservationSpace.Shape switch
        {
            [var height, var width] => new FeatureShape(network.Stack, height, width),
            [1, var height, var width] => new FeatureShape(network.Stack, height, width),
            _ => throw Misfit(network, environment, "needs pictures of one channel, [height, width]"),
        };
        try
        {
            return network.Kind switch
            {
                NetworkKind.Nips => NetworkPresets.Nips(head, frames, network.PixelScaling),
                NetworkKind.ImpalaSmall => NetworkPresets.ImpalaSmall(head, frames, network.PixelScaling),
                NetworkKind.SingleFrame => NetworkPresets.SingleFrame(head, frames),
                _ => NetworkPresets.Nature(head, frames, network.PixelScaling),
            };
        }
        catch (ArgumentException e)
        {
            throw Misfit(network, environment, $"needs larger pictures ({e.Message})");
        }
    }

    private static SettingException Misfit(NetworkSection network, EnvironmentInfo environment, string need) => new(
        $"Network:Kind={network.Kind} {need}; Environment:Id={environment.Id} gives "
        + $"{string.Join('x', environment.ObservationSpace.Shape)}. "
        + "For an Atari game, set Environment:Options:preprocessing.");

    private static HeadDefinition CreateHead(NetworkSection network, int actions) => new(actions)
    {
        Dueling = network.Dueling,
        NoiseScale = network.NoiseScale,
        Values = network.Returns switch
        {
            ReturnModel.Categorical =>
                new CategoricalValues(network.Atoms, (float)network.MinimumReturn, (float)network.MaximumReturn),
            ReturnModel.Quantile => new QuantileValues(network.Atoms),
            _ => new PlainValues(),
        },
    };
}
