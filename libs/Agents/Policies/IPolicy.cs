using DqnAspire.Core;
using DqnAspire.Core.Networks;

namespace DqnAspire.Agents.Policies;

/// <summary>
/// Chooses actions by action values. A state is the newest observations of an episode, packed as the environment gives
/// them, oldest first.
/// </summary>
public interface IPolicy
{
    /// <summary>Short text for people: kind and sizes, for example "dense 4-32-32-2" or "table 16x4".</summary>
    string Architecture { get; }

    /// <summary>Size of one observation in bytes.</summary>
    int ObservationBytes { get; }

    /// <summary>Number of observations in a state.</summary>
    int Stack { get; }

    /// <summary>What replaces the observations before the first of an episode.</summary>
    StackPadding StackPadding { get; }

    /// <summary>Number of actions.</summary>
    int Actions { get; }

    /// <summary>Gives the action with the highest value in each state; ties go to the lowest action.</summary>
    /// <param name="states">[count, stack, observation].</param>
    /// <param name="actions">[count].</param>
    /// <exception cref="ArgumentException">
    /// A buffer has the wrong size, or an observation is not one of the environment's.
    /// </exception>
    void ActGreedily(ReadOnlySpan<byte> states, Span<int> actions);

    /// <summary>Gives the value of each action.</summary>
    /// <param name="states">[count, stack, observation].</param>
    /// <param name="values">[count, actions].</param>
    /// <exception cref="ArgumentException">
    /// A buffer has the wrong size, or an observation is not one of the environment's.
    /// </exception>
    void ActionValues(ReadOnlySpan<byte> states, Span<float> values);

    /// <summary>What is known of each action's return: its mean alone, or its distribution.</summary>
    ValueDistribution Values => new PlainValues();

    /// <summary>Gives the distribution of each action's return.</summary>
    /// <param name="states">[count, stack, observation].</param>
    /// <param name="distributions">
    /// [count, actions, <see cref="ValueDistribution.Outputs"/> of <see cref="Values"/>].
    /// </param>
    /// <exception cref="ArgumentException">
    /// A buffer has the wrong size, or an observation is not one of the environment's.
    /// </exception>
    void Distributions(ReadOnlySpan<byte> states, Span<float> distributions) => ActionValues(states, distributions);

    /// <summary>Writes the parameters as a safetensors file.</summary>
    void Save(Stream stream);
}
