using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Atari.Preprocessing.Screens;

/// <summary>A wrapper that changes nothing; each real one overrides what it changes.</summary>
public abstract class ScreenWrapper : IScreenEnvironment
{
    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment inside.</param>
    protected ScreenWrapper(IScreenEnvironment inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
    }

    /// <inheritdoc/>
    public FrameFormat Screen => Inner.Screen;

    /// <inheritdoc/>
    public ActionSpace ActionSpace => Inner.ActionSpace;

    /// <inheritdoc/>
    public int Lives => Inner.Lives;

    /// <inheritdoc/>
    public IDisplay Display => Inner.Display;

    /// <inheritdoc/>
    public Pcg64 Random => Inner.Random;

    /// <summary>The environment inside.</summary>
    protected IScreenEnvironment Inner { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> InfoNames => Inner.InfoNames;

    /// <inheritdoc/>
    public virtual ResetEvents Reset(ulong? seed) => Inner.Reset(seed);

    /// <inheritdoc/>
    public void ReadInfo(Span<long> values) => Inner.ReadInfo(values);

    /// <inheritdoc/>
    public void Change(string name, string value) => Inner.Change(name, value);

    /// <inheritdoc/>
    public virtual StepResult Step(int action, bool draw) => Inner.Step(action, draw);

    /// <inheritdoc/>
    public virtual void ReadScreen(Span<byte> screen) => Inner.ReadScreen(screen);

    /// <inheritdoc/>
    public void SaveState(StateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Section(GetType().Name);
        SaveOwnState(writer);
        Inner.SaveState(writer);
    }

    /// <inheritdoc/>
    public void RestoreState(StateReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        reader.Section(GetType().Name);
        RestoreOwnState(reader);
        Inner.RestoreState(reader);
    }

    /// <summary>Writes what the wrapper itself keeps from step to step: nothing unless it is overridden.</summary>
    /// <param name="writer">Receives it.</param>
    protected virtual void SaveOwnState(StateWriter writer)
    {
    }

    /// <summary>Takes over what <see cref="SaveOwnState"/> has written.</summary>
    /// <param name="reader">What was saved.</param>
    /// <exception cref="StateException">It does not fit.</exception>
    protected virtual void RestoreOwnState(StateReader reader)
    {
    }

    /// <summary>Refuses a game whose action of a number does not mean what the wrapper presses it for.</summary>
    /// <param name="inner">The game.</param>
    /// <param name="action">Number of the action.</param>
    /// <param name="meaning">What it must mean.</param>
    /// <exception cref="ArgumentException">The game has no such action, or it means something else.</exception>
    protected static void RequireMeaning(IScreenEnvironment inner, int action, string meaning)
    {
        ArgumentNullException.ThrowIfNull(inner);
        var meanings = inner.ActionSpace.Meanings;
        if (!inner.ActionSpace.Contains(action) || meanings[action] != meaning)
        {
            throw new ArgumentException(
                $"Action {action} must be {meaning}; the game's actions are {string.Join(", ", meanings)}.",
                nameof(inner));
        }
    }
}
