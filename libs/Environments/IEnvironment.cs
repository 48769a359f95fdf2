using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments;

/// <summary>
/// One copy of an environment, with the rules of Gymnasium's interface: <see cref="Reset"/> begins an episode,
/// <see cref="Step"/> plays it until a step says terminated or truncated, then the next reset begins another.
/// </summary>
/// <remarks>
/// Observations are written into memory of the caller, packed row-major and little-endian, exactly
/// <see cref="ObservationSpace.ByteCount"/> bytes at its start. A step allocates nothing. Not safe for use by several
/// threads at once; different copies are independent.
/// </remarks>
public interface IEnvironment
{
    /// <summary>What an observation is.</summary>
    ObservationSpace ObservationSpace { get; }

    /// <summary>What an action is.</summary>
    ActionSpace ActionSpace { get; }

    /// <summary>Agent steps after which an episode is truncated; 0 when there is no limit.</summary>
    int MaxEpisodeSteps { get; }

    /// <summary>The screen that people can look at; null where there is none.</summary>
    IDisplay? Display => null;

    /// <summary>
    /// What happened within the last reset, where a reset plays; nothing otherwise. It is no part of the saved state.
    /// </summary>
    ResetEvents LastReset => default;

    /// <summary>
    /// Names of the numbers that tell more of a step than its result, in the words of Gymnasium's <c>info</c>.
    /// </summary>
    IReadOnlyList<string> InfoNames => [];

    /// <summary>Reads those numbers as they are after the last step or reset.</summary>
    /// <param name="values">Receives them, in the order of <see cref="InfoNames"/>.</param>
    void ReadInfo(Span<long> values)
    {
    }

    /// <summary>Changes something of the environment while it is played, between two steps.</summary>
    /// <param name="name">What to change.</param>
    /// <param name="value">Its new value.</param>
    /// <exception cref="EnvironmentOptionException">
    /// There is nothing of that name to change, or it does not take the value. Nothing has changed then.
    /// </exception>
    void Change(string name, string value) => throw EnvironmentErrors.CannotChange(name);

    /// <summary>Begins an episode, whether or not the last one had ended.</summary>
    /// <param name="seed">
    /// Seeds the environment's generator anew; null lets it continue. A copy that was never given a seed takes one from
    /// the operating system.
    /// </param>
    /// <param name="observation">Receives the first observation.</param>
    /// <exception cref="ArgumentException"><paramref name="observation"/> is too short.</exception>
    void Reset(ulong? seed, Span<byte> observation);

    /// <summary>Plays one step.</summary>
    /// <param name="action">0 .. <see cref="ActionSpace.Count"/>-1.</param>
    /// <param name="observation">
    /// Receives the observation that the action led to, also at the end of an episode.
    /// </param>
    /// <returns>The reward and whether, and how, the episode ended.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="action"/> is not an action.</exception>
    /// <exception cref="ArgumentException"><paramref name="observation"/> is too short.</exception>
    /// <exception cref="InvalidOperationException">No episode is running: a reset is due.</exception>
    StepResult Step(int action, Span<byte> observation);

    /// <summary>Writes everything that what comes next depends on: state, generators, counters and buffers.</summary>
    /// <param name="writer">Receives it.</param>
    void SaveState(StateWriter writer);

    /// <summary>
    /// Takes over what a copy made with the same options has saved. From here on both give the same, bit for bit, for
    /// the same actions and resets.
    /// </summary>
    /// <param name="reader">What was saved.</param>
    /// <exception cref="StateException">
    /// The state is damaged or of another environment. A part of it may have been taken over: a reset with a seed or
    /// another state is due.
    /// </exception>
    void RestoreState(StateReader reader);
}
