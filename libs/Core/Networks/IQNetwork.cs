using DqnAspire.Core.Randomness;
using DqnAspire.Core.Safetensors;

namespace DqnAspire.Core.Networks;

/// <summary>
/// A network that gives a value to each action. Not thread-safe: a network has work space. A network on a device may
/// return from a call before the device has finished; methods that give numbers to the caller wait for them.
/// </summary>
public interface IQNetwork : IDisposable
{
    /// <summary>What the network computes.</summary>
    NetworkDefinition Definition { get; }

    /// <summary>Where the network computes, for example "cpu, 512-bit vectors, 2 threads".</summary>
    string Device { get; }

    /// <summary>Number of gradient steps taken.</summary>
    long Steps { get; }

    /// <summary>Step size of the next gradient step; 0 for a network without an optimiser.</summary>
    /// <exception cref="InvalidOperationException">Set on a network without an optimiser.</exception>
    double LearningRate { get; set; }

    /// <summary>
    /// State of the generator of dropout and noise. <see cref="Save"/> with the optimiser includes it.
    /// </summary>
    Pcg64State Generator { get; set; }

    /// <summary>A table of layers, output shapes and parameter counts.</summary>
    string Summary();

    /// <summary>Computes action values.</summary>
    /// <param name="observations">[count, observation], count at least 1.</param>
    /// <param name="actionValues">Receives [count, actions].</param>
    /// <param name="noisy">
    /// True when noisy layers use the noise of the last draw, false when they use the mean weights.
    /// </param>
    /// <exception cref="ArgumentException">A buffer does not fit the count; the message names both shapes.</exception>
    void Forward(Observations observations, Span<float> actionValues, bool noisy = false);

    /// <summary>
    /// Computes the distribution of each action's return: its value, atom probabilities, or quantiles.
    /// </summary>
    /// <param name="observations">[count, observation], count at least 1.</param>
    /// <param name="distributions">Receives [count, actions, <see cref="ValueDistribution.Outputs"/>].</param>
    /// <param name="noisy">
    /// True when noisy layers use the noise of the last draw, false when they use the mean weights.
    /// </param>
    /// <exception cref="ArgumentException">A buffer does not fit the count; the message names both shapes.</exception>
    void ForwardDistributions(Observations observations, Span<float> distributions, bool noisy = false);

    /// <summary>
    /// Draws new noise for noisy layers. Training and noisy forward passes use it until the next draw.
    /// </summary>
    void DrawNoise();

    /// <summary>Takes one gradient step on given targets.</summary>
    /// <param name="batch">Observations, actions and targets.</param>
    /// <exception cref="ArgumentException">A buffer does not fit the count, or an action is not valid.</exception>
    /// <exception cref="DivergedException">
    /// The loss is not finite; the weights are unchanged. A network on a device may throw this at the next
    /// <see cref="ReadLoss"/> instead.
    /// </exception>
    void Train(in TrainingBatch batch);

    /// <summary>
    /// Takes one gradient step of Q-learning: computes the targets from the next states, then the loss, without
    /// bringing either to the caller. With a loss over all actions, the label of an action not taken is the network's
    /// own value.
    /// </summary>
    /// <param name="batch">The transitions.</param>
    /// <param name="target">The target network, of the same backend and architecture.</param>
    /// <exception cref="ArgumentException">A buffer does not fit, or the target network is of another kind.</exception>
    /// <exception cref="DivergedException">As in <see cref="Train"/>.</exception>
    void TrainBootstrapped(in BootstrapBatch batch, IQNetwork target);

    /// <summary>Gives the loss of the last gradient step; waits for the device.</summary>
    /// <param name="errors">
    /// Receives each sample's TD error, or the number that the loss uses in its place, before its importance weight,
    /// [count]; may be empty.
    /// </param>
    /// <returns>The mean loss over the batch, before the step.</returns>
    /// <exception cref="ArgumentException">The buffer does not fit the count.</exception>
    /// <exception cref="DivergedException">The loss is not finite.</exception>
    float ReadLoss(Span<float> errors);

    /// <summary>
    /// Copies the weights of another network, without its optimiser state: the copy to a target network.
    /// </summary>
    /// <exception cref="ArgumentException">The other network has another architecture.</exception>
    void CopyWeightsFrom(IQNetwork other);

    /// <summary>
    /// Adds the network to a file, in the format of <see cref="NetworkFile"/>: its architecture and weights and, with
    /// the optimiser, everything that training needs to continue.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">Begins each name.</param>
    /// <param name="withOptimizer">True to add the states of the optimiser and the generator.</param>
    void Save(SafetensorsFile file, string prefix, bool withOptimizer);

    /// <summary>Restores what <see cref="Save"/> added, on this or another backend.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">Begins each name.</param>
    /// <param name="withOptimizer">True to restore the states of the optimiser and the generator too.</param>
    /// <exception cref="InvalidDataException">
    /// The file has another architecture (the message names both) or lacks a tensor; the network is unchanged.
    /// </exception>
    void Load(SafetensorsFile file, string prefix, bool withOptimizer);
}
