using DqnAspire.Core.Networks;
using DqnAspire.Core.Randomness;
using DqnAspire.NeuralNetworks.Memory;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>
/// A tensor that is trained. To the outside, in files and to initialisers, it has PyTorch's shape and order; inside it
/// lies as its layer's kernels want it, in <see cref="ParameterStore"/>.
/// </summary>
internal sealed class Parameter
{
    private readonly Func<int, int> _indexOf;
    private ParameterStore? _store;

    /// <summary>Describes a tensor.</summary>
    /// <param name="name">Name in files, after the layer's.</param>
    /// <param name="role">How it starts.</param>
    /// <param name="shape">Shape in files.</param>
    /// <param name="fanIn">Inputs of each output.</param>
    /// <param name="fanOut">Outputs that each input reaches.</param>
    /// <param name="length">Floats inside, with those that fill up.</param>
    /// <param name="indexOf">Place inside of the element at a row-major place outside.</param>
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

    /// <summary>Elements that count.</summary>
    public int Count { get; }

    /// <summary>Where it begins in the store.</summary>
    public int Offset { get; private set; }

    public AlignedBuffer WeightBuffer => Store.Weights;

    public AlignedBuffer GradientBuffer => Store.Gradients;

    public Span<float> Weights => Store.Weights.Slice(Offset, Length);

    public Span<float> Gradients => Store.Gradients.Slice(Offset, Length);

    /// <summary>Rises with every change of any of the network's weights.</summary>
    public long Version => Store.Version;

    private ParameterStore Store =>
        _store ?? throw new InvalidOperationException($"Parameter '{Name}' has no store yet.");

    public void Attach(ParameterStore store, int offset) => (_store, Offset) = (store, offset);

    /// <summary>Draws the first values.</summary>
    public void Initialise(NetworkDefinition network, Pcg64 random) =>
        Import(InitialWeights.Draw(network, Role, Count, FanIn, FanOut, random), WeightBuffer.Span);

    /// <summary>Brings this parameter's part of an array like the store's into the outside order.</summary>
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

    /// <summary>The way back of <see cref="Export"/>.</summary>
    public void Import(ReadOnlySpan<float> values, Span<float> flat)
    {
        var inside = flat.Slice(Offset, Length);
        for (var i = 0; i < values.Length; i++)
        {
            inside[_indexOf(i)] = values[i];
        }
    }
}
