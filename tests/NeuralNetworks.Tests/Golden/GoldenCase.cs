using System.Text.Json;
using System.Text.Json.Serialization;

namespace DqnAspire.NeuralNetworks.Tests.Golden;

/// <summary>What PyTorch made of one network in a hundred batches; written by make_golden.py.</summary>
public sealed record GoldenCase(string Name, double[] Losses, GoldenTensor[] Tensors)
{
    public static GoldenCase[] Read(string path)
    {
        using var stream = File.OpenRead(path);
        return JsonSerializer.Deserialize<GoldenFile>(stream, JsonSerializerOptions.Web)!.Cases;
    }

    private sealed record GoldenFile(GoldenCase[] Cases);
}

/// <summary>A trained tensor: its sum, its sum of absolute values, and evenly spaced elements.</summary>
public sealed record GoldenTensor(
    double Sum, [property: JsonPropertyName("abs")] double SumOfAbsolutes, double[] Samples);
