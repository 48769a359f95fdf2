namespace DqnAspire.Agents.Policies;

/// <summary>Chooses actions by action values. Observations are packed as the environment gives them, [count, observation].</summary>
public interface IPolicy
{
    /// <summary>What the parameters are for, for example "dense 4-32-32-2" or "table 16x4".</summary>
    string Architecture { get; }

    /// <summary>Bytes of one observation.</summary>
    int ObservationBytes { get; }

    /// <summary>Number of actions.</summary>
    int Actions { get; }

    /// <summary>The action with the highest value for each observation; ties go to the lowest action.</summary>
    /// <param name="observations">[count, observation].</param>
    /// <param name="actions">[count].</param>
    /// <exception cref="ArgumentException">A buffer has the wrong size, or an observation is none of the environment's.</exception>
    void ActGreedily(ReadOnlySpan<byte> observations, Span<int> actions);

    /// <summary>The value of each action.</summary>
    /// <param name="observations">[count, observation].</param>
    /// <param name="values">[count, actions].</param>
    /// <exception cref="ArgumentException">A buffer has the wrong size, or an observation is none of the environment's.</exception>
    void ActionValues(ReadOnlySpan<byte> observations, Span<float> values);

    /// <summary>Writes the parameters as a safetensors file.</summary>
    void Save(Stream stream);
}
