using DqnAspire.Core;

namespace DqnAspire.Agents.Policies;

/// <summary>
/// Chooses actions by action values. A state is the newest observation and those before it in the episode, packed as
/// the environment gives them, oldest first.
/// </summary>
public interface IPolicy
{
    /// <summary>What the parameters are for, for example "dense 4-32-32-2" or "table 16x4".</summary>
    string Architecture { get; }

    /// <summary>Bytes of one observation.</summary>
    int ObservationBytes { get; }

    /// <summary>Observations in a state.</summary>
    int Stack { get; }

    /// <summary>What stands for the observations before an episode's first.</summary>
    StackPadding StackPadding { get; }

    /// <summary>Number of actions.</summary>
    int Actions { get; }

    /// <summary>The action with the highest value in each state; ties go to the lowest action.</summary>
    /// <param name="states">[count, stack, observation].</param>
    /// <param name="actions">[count].</param>
    /// <exception cref="ArgumentException">
    /// A buffer has the wrong size, or an observation is none of the environment's.
    /// </exception>
    void ActGreedily(ReadOnlySpan<byte> states, Span<int> actions);

    /// <summary>The value of each action.</summary>
    /// <param name="states">[count, stack, observation].</param>
    /// <param name="values">[count, actions].</param>
    /// <exception cref="ArgumentException">
    /// A buffer has the wrong size, or an observation is none of the environment's.
    /// </exception>
    void ActionValues(ReadOnlySpan<byte> states, Span<float> values);

    /// <summary>Writes the parameters as a safetensors file.</summary>
    void Save(Stream stream);
}
