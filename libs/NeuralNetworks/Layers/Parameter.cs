using DqnAspire.Core.Networks;
using DqnAspire.Core.Randomness;
using DqnAspire.NeuralNetworks.Memory;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>
/// A trained tensor. In files and for initialisers it has PyTorch's shape and order (outside); in
/// <see cref="ParameterStore"/> it has the layout that the kernels of its layer need (inside).
/// </summary>
internal sealed class Parameter
{
    private readonly Func<int, int> _indexOf;
    private ParameterStore? _store;

    /// <summary>Describes a tensor.</summary>
    /// <param name="name">Name in files, after the layer's.</param>
    /// <param name="role">What it is, which decides its first values.</param>
    /// <param name="shape">Shape in files.</param>
    /// <param name="fanIn">Inputs of each output.</param>
    /// <param name="fanOut">Outputs that each input reaches.</param>
    /// <param name="length">Number of floats inside, with padding.</param>
    /// <param name="indexOf">Maps a row-major index outside to the index inside.</param>
    public Parameter(
        string name, ParameterRole role, int[] shape, int fanIn, int fanOut, int length, Func<int, int> indexOf)
    {
        (Name, Role, Shape, FanIn, FanOut, Length) = (name, role, shape, fanIn, fanOut, length);
        _indexOf = indexOf;
        Count = shape.Aggregate(1, (product, axis) => product * axis);
    }

    public string Name { get; set; }

    public ParameterRole Role { get; }

    public int[] Shape { get; }

    public int FanIn { get; }

    public int FanOut { get; }

    public int Length { get; }

    /// <summary>Number of elements, without padding.</summary>
    public int Count { get; }

    /// <summary>Index of its first float in the store.</summary>
    public int Offset { get; private set; }

    public AlignedBuffer WeightBuffer => Store.Weights;

    public AlignedBuffer GradientBuffer => Store.Gradients;

    public Span<float> Weights => Store.Weights.Slice(Offset, Length);

    public Span<float> Gradients => Store.Gradients.Slice(Offset, Length);

    /// <summary>Increases with every change of any weight of the network.</summary>
    public long Version => Store.Version;

    private ParameterStore Store =>
        _store ?? throw new InvalidOperationException($"Parameter '{Name}' has no store yet.");

    public void Attach(ParameterStore store, int offset) => (_store, Offset) = (store, offset);

    /// <summary>Draws the first values.</summary>
    public void Initialise(NetworkDefinition network, Pcg64 random) =>
        Import(InitialWeights.Draw(network, Role, Count, FanIn, FanOut, random), WeightBuffer.Span);

    /// <summary>Copies this parameter's part of an array with the store's layout into the outside order.</summary>
    public float[] Export(ReadOnlySpan<float> flat)
    {
        var inside = flat.Slice(Offset, Length);
        var values = new float[Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = inside[_indexOf(i)];
        }

        return values;
    }

    /// <summary>The inverse of <see cref="Export"/>.</summary>
    public void Import(ReadOnlySpan<float> values, Span<float> flat)
    {
        var inside = flat.Slice(Offset, Length);
        for (var i = 0; i < values.Length; i++)
        {
            inside[_indexOf(i)] = values[i];
        }
    }
}
