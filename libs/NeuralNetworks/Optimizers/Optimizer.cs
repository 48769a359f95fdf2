using DqnAspire.NeuralNetworks.Kernels;
using DqnAspire.NeuralNetworks.Layers;
using DqnAspire.NeuralNetworks.Memory;

namespace DqnAspire.NeuralNetworks.Optimizers;

/// <summary>
/// An update rule with its state for one network: arrays in the layout of the weights, and the number of steps.
/// </summary>
/// <param name="learningRate">Step size at the start.</param>
/// <param name="stateNames">Names of the arrays in files.</param>
internal abstract class Optimizer(double learningRate, params string[] stateNames)
{
    private ParameterStore? _store;

    /// <summary>Step size of the next step.</summary>
    public double LearningRate { get; set; } = learningRate;

    /// <summary>Gradient steps taken.</summary>
    public long Steps { get; set; }

    /// <summary>Names of the arrays, in files after the network's prefix and "optimizer.".</summary>
    public IReadOnlyList<string> StateNames => stateNames;

    public AlignedBuffer[] States { get; private set; } = [];

    protected ParameterStore Store =>
        _store ?? throw new InvalidOperationException("The optimiser belongs to no network yet.");

    /// <summary>Makes room for the state of a network's parameters.</summary>
    public void Attach(ParameterStore store)
    {
        _store = store;
        States = [.. stateNames.Select(_ => new AlignedBuffer(store.Length))];
    }

    /// <summary>
    /// Computes the numbers that the whole step shares. <see cref="Steps"/> is already the number of this step.
    /// </summary>
    public abstract void Begin();

    /// <summary>Updates a range of the weights.</summary>
    /// <param name="start">First place.</param>
    /// <param name="length">A multiple of <see cref="Kernels.Padding.Multiple"/>.</param>
    /// <param name="scale">Factor of the gradients.</param>
    /// <param name="bound">Limit of their absolute values after that; infinity for none.</param>
    public abstract void Update(int start, int length, float scale, float bound);

    protected void Run<TStep>(in TStep step, int start, int length, float scale, float bound)
        where TStep : struct, IElementStep =>
        Widest.Run(new ElementwiseUpdate<TStep>(
            step, Store.Weights.Slice(start, length), Store.Gradients.Slice(start, length),
            Range(0, start, length), Range(1, start, length), Range(2, start, length), scale, bound));

    private Span<float> Range(int index, int start, int length) =>
        index < States.Length ? States[index].Slice(start, length) : default;
}
