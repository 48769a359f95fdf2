using DqnAspire.NeuralNetworks.Kernels;
using DqnAspire.NeuralNetworks.Layers;
using DqnAspire.NeuralNetworks.Memory;

namespace DqnAspire.NeuralNetworks.Optimizers;

/// <summary>A rule with its state for one network: arrays that lie as the weights do, and a count of steps.</summary>
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

    /// <summary>Takes a network's parameters for its own.</summary>
    public void Attach(ParameterStore store)
    {
        _store = store;
        States = [.. stateNames.Select(_ => new AlignedBuffer(store.Length))];
    }

    /// <summary>Works out what the whole step shares; <see cref="Steps"/> is the step's number already.</summary>
    public abstract void Begin();

    /// <summary>Updates a range of the weights.</summary>
    /// <param name="start">First place.</param>
    /// <param name="length">A multiple of <see cref="Kernels.Padding.Multiple"/>.</param>
    /// <param name="scale">What gradients are multiplied by first.</param>
    /// <param name="bound">What their absolute value is bounded by then.</param>
    public abstract void Update(int start, int length, float scale, float bound);

    protected void Run<TStep>(in TStep step, int start, int length, float scale, float bound)
        where TStep : struct, IElementStep =>
        Widest.Run(new ElementwiseUpdate<TStep>(
            step, Store.Weights.Slice(start, length), Store.Gradients.Slice(start, length),
            Range(0, start, length), Range(1, start, length), Range(2, start, length), scale, bound));

    private Span<float> Range(int index, int start, int length) =>
        index < States.Length ? States[index].Slice(start, length) : default;
}
