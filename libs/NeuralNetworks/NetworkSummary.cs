using System.Globalization;
using System.Text;
using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Layers;

namespace DqnAspire.NeuralNetworks;

/// <summary>The table of a network's layers.</summary>
internal static class NetworkSummary
{
    public static string Of(NetworkDefinition definition, LayerChain layers)
    {
        List<(string Layer, string Shape, string Parameters)> rows = [("layer", "output shape", "parameters")];
        rows.Add(("observation", Shape(definition.Observation), ""));
        Add(layers.Children, "");
        rows.Add(("total", "", Number(Count(layers))));

        var width = rows.Max(r => r.Layer.Length) + 1;
        var text = new StringBuilder();
        foreach (var (layer, shape, parameters) in rows)
        {
            text.Append(layer.PadRight(width)).Append(shape.PadRight(20)).Append(parameters.PadLeft(12)).Append('\n');
        }

        return text.ToString().TrimEnd();

        void Add(IEnumerable<Layer> children, string indent)
        {
            foreach (var layer in children)
            {
                var isGroup = layer.Children.Any();
                rows.Add((indent + layer.Description, Shape(layer.Output.Shape), isGroup ? "" : Number(Count(layer))));
                Add(layer.Children, indent + "  ");
            }
        }
    }

    private static int Count(Layer layer) => layer.Parameters.Sum(p => p.Count) + layer.Children.Sum(Count);

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Shape(FeatureShape shape) => shape.IsPicture
        ? string.Create(CultureInfo.InvariantCulture, $"(batch, {shape.Channels}, {shape.Height}, {shape.Width})")
        : string.Create(CultureInfo.InvariantCulture, $"(batch, {shape.Channels})");
}
