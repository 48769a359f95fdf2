using DqnAspire.Core.Safetensors;
using DqnAspire.NeuralNetworks.Inputs;
using DqnAspire.NeuralNetworks.Losses;

namespace DqnAspire.NeuralNetworks;

/// <summary>
/// A network that gives a value to each action: the boundary between an agent and what computes, so that another backend
/// can stand beside the managed one. Not thread-safe: a network keeps work space.
/// </summary>
public interface IQNetwork
{
    /// <summary>Values in one observation.</summary>
    int ObservationSize { get; }

    /// <summary>Number of actions.</summary>
    int Actions { get; }

    /// <summary>Numbers that describe one action: 1, or a distribution's atoms or quantiles.</summary>
    int OutputsPerAction { get; }

    /// <summary>Kind and sizes, for example "dense 4-32-32-2"; parameters fit networks with the same text.</summary>
    string Architecture { get; }

    /// <summary>Where it computes, for example "cpu, 512-bit vectors, 2 threads".</summary>
    string Device { get; }

    /// <summary>Gradient steps taken.</summary>
    long Steps { get; }

    /// <summary>Step size of the next gradient step; a network that is only asked has 0.</summary>
    /// <exception cref="InvalidOperationException">Set on a network that cannot be trained.</exception>
    double LearningRate { get; set; }

    /// <summary>A table of layers, output shapes and parameter counts.</summary>
    string Summary();

    /// <summary>Computes action values.</summary>
    /// <param name="observations">[count, ObservationSize], count at least 1.</param>
    /// <param name="actionValues">Receives [count, Actions].</param>
    /// <param name="noisy">Noisy layers use the noise last drawn; otherwise their means.</param>
    /// <exception cref="ArgumentException">A buffer does not fit the count; the message names both shapes.</exception>
    void Forward(Observations observations, Span<float> actionValues, bool noisy = false);

    /// <summary>Computes each action's distribution: the value itself, probabilities of the atoms, or quantiles.</summary>
    /// <param name="observations">[count, ObservationSize], count at least 1.</param>
    /// <param name="distributions">Receives [count, Actions, OutputsPerAction].</param>
    /// <param name="noisy">Noisy layers use the noise last drawn; otherwise their means.</param>
    /// <exception cref="ArgumentException">A buffer does not fit the count; the message names both shapes.</exception>
    void ForwardDistributions(Observations observations, Span<float> distributions, bool noisy = false);

    /// <summary>Draws new noise for noisy layers, which <see cref="Train"/> and noisy forward passes use until the next draw.</summary>
    void DrawNoise();

    /// <summary>One gradient step.</summary>
    /// <param name="batch">Observations, what was done, and the loss's targets.</param>
    /// <param name="errors">Receives each sample's TD error before its importance weight, [count]; may be empty.</param>
    /// <returns>The loss before the step: the mean over the batch.</returns>
    /// <exception cref="ArgumentException">A buffer does not fit the count, or an action is none; the message names both.</exception>
    /// <exception cref="DivergedException">The loss is not a finite number; no weight was changed.</exception>
    float Train(in TrainingBatch batch, Span<float> errors);

    /// <summary>Takes over another network's weights, not its optimiser's state: how a target network is copied.</summary>
    /// <exception cref="ArgumentException">The other network has another architecture.</exception>
    void CopyWeightsFrom(IQNetwork other);

    /// <summary>Adds the weights, and if asked all that training goes on from, to a file; names begin with <paramref name="prefix"/>.</summary>
    void Save(SafetensorsFile file, string prefix, bool withOptimizer);

    /// <summary>Takes weights, and if asked all that training goes on from, from a file.</summary>
    /// <exception cref="InvalidDataException">It is of another architecture or lacks a tensor; nothing was changed.</exception>
    void Load(SafetensorsFile file, string prefix, bool withOptimizer);
}
