using System.Globalization;
using System.Text.RegularExpressions;
using DqnAspire.NeuralNetworks.Definitions;
using DqnAspire.NeuralNetworks.Inputs;

namespace DqnAspire.NeuralNetworks.Presets;

/// <summary>
/// Makes a preset network from its name again, so that a file of weights that carries the name is enough to use it:
/// "dense 4-32-32-2", "nature 4x84x84 unit 4 dueling noisy(0.5) c51(51,-10,10)", each perhaps after "normalised".
/// </summary>
public static partial class NetworkNames
{
    private const int PictureSide = 84;

    /// <summary>The network of a name.</summary>
    /// <param name="name">As <see cref="NetworkDefinition.Name"/> gives it.</param>
    /// <exception cref="InvalidDataException">It is the name of no preset network.</exception>
    public static NetworkDefinition Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            var definition = name.StartsWith(LayerNormalisation.Prefix, StringComparison.Ordinal)
                ? Create(name[LayerNormalisation.Prefix.Length..]).WithLayerNorm()
                : Create(name);
            return definition.Name == name ? definition : throw Unknown(name);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException or IndexOutOfRangeException)
        {
            throw Unknown(name);
        }
    }

    private static NetworkDefinition Create(string name)
    {
        var words = name.Split(' ');
        if (words[0] == "dense")
        {
            var sizes = words[1].Split('-').Select(Number).ToArray();
            return NetworkPresets.Dense(sizes.AsSpan(0, sizes.Length - 1), Head(sizes[^1], words.AsSpan(2)));
        }

        var shape = words[1].Split('x').Select(Number).ToArray();
        if (shape is not [var frames, PictureSide, PictureSide])
        {
            throw Unknown(name);
        }

        var scaling = Enum.Parse<InputScaling>(words[2], ignoreCase: true);
        var head = Head(Number(words[3]), words.AsSpan(4));
        return words[0] switch
        {
            "nature" => NetworkPresets.Nature(head, frames, scaling),
            "nips" => NetworkPresets.Nips(head, frames, scaling),
            "single-frame" => NetworkPresets.SingleFrame(head),
            "impala-small" => NetworkPresets.ImpalaSmall(head, frames, scaling),
            _ => throw Unknown(name),
        };
    }

    private static HeadDefinition Head(int actions, ReadOnlySpan<string> options)
    {
        var head = new HeadDefinition(actions);
        foreach (var option in options)
        {
            var match = Option().Match(option);
            var numbers = match.Groups[2].Value.Split(',');
            head = match.Groups[1].Value switch
            {
                "hidden" => head with { HiddenUnits = Number(numbers[0]) },
                "dueling" => head with { Dueling = true },
                "noisy" => head with { NoiseScale = double.Parse(numbers[0], CultureInfo.InvariantCulture) },
                "c51" => head with
                {
                    Values = new CategoricalValues(
                        Number(numbers[0]), float.Parse(numbers[1], CultureInfo.InvariantCulture), float.Parse(numbers[2], CultureInfo.InvariantCulture)),
                },
                "quantile" => head with { Values = new QuantileValues(Number(numbers[0])) },
                _ => throw new FormatException(option),
            };
        }

        return head;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static InvalidDataException Unknown(string name) => new($"'{name}' is no known kind of network.");

    [GeneratedRegex(@"^([a-z0-9]+)(?:\(([^)]*)\))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Option();
}
