using DqnAspire.NeuralNetworks.Kernels;
using DqnAspire.NeuralNetworks.Memory;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>
/// All weights of a network in one array and their gradients in another, so that copying and optimising need no list.
/// </summary>
internal sealed class ParameterStore
{
    private readonly List<Parameter> _parameters = [];
    private int _length;

    public IReadOnlyList<Parameter> Parameters => _parameters;

    public AlignedBuffer Weights { get; private set; } = AlignedBuffer.Empty;

    public AlignedBuffer Gradients { get; private set; } = AlignedBuffer.Empty;

    public int Length => _length;

    /// <summary>Rises with every change of the weights: what was computed from them is out of date then.</summary>
    public long Version { get; private set; }

    /// <summary>To be called after the weights were changed.</summary>
    public void Changed() => Version++;

    /// <summary>Gives a parameter its place.</summary>
    public void Add(Parameter parameter)
    {
        parameter.Attach(this, _length);
        _parameters.Add(parameter);
        _length += Padding.RoundUp(parameter.Length);
    }

    /// <summary>Makes room for all parameters that were added.</summary>
    public void Allocate(bool withGradients)
    {
        Weights = new AlignedBuffer(_length);
        Gradients = new AlignedBuffer(withGradients ? _length : 0);
    }
}
