namespace DqnAspire.NeuralNetworks;

/// <summary>
/// A network that gives a value to each action: the boundary between an agent and what computes, so that another backend
/// can stand beside the managed one. Not thread-safe: a network keeps work space.
/// </summary>
public interface IQNetwork
{
    /// <summary>Floats in one observation.</summary>
    int ObservationSize { get; }

    /// <summary>Number of actions.</summary>
    int Actions { get; }

    /// <summary>Kind and sizes, for example "dense 4-32-32-2"; parameters fit networks with the same text.</summary>
    string Architecture { get; }

    /// <summary>Where it computes, for example "cpu, AVX-512".</summary>
    string Device { get; }

    /// <summary>A table of layers, output shapes and parameter counts.</summary>
    string Summary();

    /// <summary>Computes action values.</summary>
    /// <param name="observations">[count, ObservationSize].</param>
    /// <param name="count">Observations, at least 1.</param>
    /// <param name="actionValues">Receives [count, Actions].</param>
    /// <exception cref="ArgumentException">A buffer does not fit <paramref name="count"/>.</exception>
    void Forward(ReadOnlySpan<float> observations, int count, Span<float> actionValues);

    /// <summary>One gradient step on the mean squared error over all count x Actions entries.</summary>
    /// <param name="observations">[count, ObservationSize].</param>
    /// <param name="count">Observations, at least 1.</param>
    /// <param name="labels">What the action values should have been, [count, Actions].</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="ArgumentException">A buffer does not fit <paramref name="count"/>.</exception>
    /// <exception cref="DivergedException">The loss is not a finite number; no weight was changed.</exception>
    float Train(ReadOnlySpan<float> observations, int count, ReadOnlySpan<float> labels);

    /// <summary>Takes over another network's weights, not its optimiser's state.</summary>
    /// <exception cref="ArgumentException">The other network has another architecture.</exception>
    void CopyWeightsFrom(IQNetwork other);

    /// <summary>Adds the weights, and the optimiser's state if asked, to a file; tensor names begin with <paramref name="prefix"/>.</summary>
    void Save(Checkpoints.SafetensorsFile file, string prefix, bool withOptimizer);

    /// <summary>Takes weights, and the optimiser's state if asked, from a file.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing or has another shape; nothing was changed.</exception>
    void Load(Checkpoints.SafetensorsFile file, string prefix, bool withOptimizer);
}
