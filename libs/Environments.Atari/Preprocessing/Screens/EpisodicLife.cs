using DqnAspire.Atari2600.Controllers;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Atari.Preprocessing.Screens;

/// <summary>
/// Terminates the episode when a life is lost and others are left. The next reset then continues the game: it makes
/// one step that does nothing, and begins a new game only if that ended this one; what the step gave is told as what
/// happened within the reset. All states of the game stay within reach.
/// </summary>
/// <remarks>
/// As in OpenAI Baselines and Stable-Baselines3, but for one thing: a reset with a seed always begins a new game,
/// because otherwise the seed would have no effect.
/// </remarks>
public sealed class EpisodicLife : ScreenWrapper
{
    private int _lives;
    private bool _gameIsOver = true;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment inside.</param>
    /// <exception cref="ArgumentException">Action 0 of the game is not NOOP.</exception>
    public EpisodicLife(IScreenEnvironment inner)
        : base(inner)
    {
        RequireMeaning(inner, (int)AtariAction.Noop, "NOOP");
    }

    /// <inheritdoc/>
    public override ResetEvents Reset(ulong? seed)
    {
        var events = default(ResetEvents);
        var beginsNew = _gameIsOver || seed is not null;
        if (!beginsNew)
        {
            var result = Inner.Step((int)AtariAction.Noop, draw: true);
            events = events.WithStep(result.Reward, result.Ended);
            beginsNew = result.Ended;
        }

        if (beginsNew)
        {
            events = events.WithReset(Inner.Reset(seed));
        }

        _lives = Inner.Lives;
        return events;
    }

    /// <inheritdoc/>
    public override StepResult Step(int action, bool draw)
    {
        var result = Inner.Step(action, draw);
        _gameIsOver = result.Ended;
        var endsLife = result.Lives > 0 && result.Lives < _lives;
        _lives = result.Lives;
        return endsLife
            ? result with { Flags = result.Flags | StepFlags.Terminated, GameContinues = !result.Ended }
            : result;
    }

    /// <inheritdoc/>
    protected override void SaveOwnState(StateWriter writer)
    {
        writer.Write(_lives);
        writer.Write(_gameIsOver);
    }

    /// <inheritdoc/>
    protected override void RestoreOwnState(StateReader reader)
    {
        _lives = reader.ReadInt32();
        _gameIsOver = reader.ReadBoolean();
    }
}
