using DqnAspire.NeuralNetworks.Kernels;
using DqnAspire.NeuralNetworks.Memory;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>
/// All weights of a network in one array and their gradients in another: one copy copies a network.
/// </summary>
internal sealed class ParameterStore
{
    private readonly List<Parameter> _parameters = [];
    private int _length;

    public IReadOnlyList<Parameter> Parameters => _parameters;

    public AlignedBuffer Weights { get; private set; } = AlignedBuffer.Empty;

    public AlignedBuffer Gradients { get; private set; } = AlignedBuffer.Empty;

    public int Length => _length;

    /// <summary>Increases with every change of the weights, so that values computed from them can be renewed.</summary>
    public long Version { get; private set; }

    /// <summary>Called after a change of the weights.</summary>
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
