using System.Text.Json.Serialization;

namespace DqnAspire.Core.Networks;

/// <summary>Describes a network. An <see cref="INetworkBackend"/> computes it.</summary>
/// <param name="Name">Short text for people: kind and sizes.</param>
/// <param name="Observation">The shape of one observation.</param>
/// <param name="Layers">The layers before the head.</param>
/// <param name="Head">The part that computes the action values.</param>
public sealed record NetworkDefinition(
    string Name, FeatureShape Observation, IReadOnlyList<LayerDefinition> Layers, HeadDefinition Head)
{
    /// <summary>How observations of bytes become numbers.</summary>
    public InputScaling Scaling { get; init; } = InputScaling.Unit;

    /// <summary>How weights start. Not part of the architecture: a file of weights does not need it.</summary>
    [JsonIgnore]
    public Initializer Initializer { get; init; } = Initializer.PyTorch;

    /// <summary>Checks that every size is valid and that the layers fit each other.</summary>
    /// <exception cref="ArgumentException">They do not; the message names the layer and the shape.</exception>
    public void Validate()
    {
        var shape = Observation;
        LayerDefinition.RequireSize(
            Math.Min(shape.Channels, Math.Min(shape.Height, shape.Width)), $"observation {shape}");
        foreach (var layer in Layers)
        {
            shape = layer.OutputOf(shape);
        }

        LayerDefinition.RequireSize(Head.Actions, Head);
        LayerDefinition.RequireSize(Head.Values.Outputs, Head);
        LayerDefinition.RequireRate(Head.HiddenDropout, Head);
    }
}
