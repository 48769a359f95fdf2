using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Atari.Preprocessing.Screens;

/// <summary>
/// Says terminated when a life is lost and others are left, and goes on with the game without playing anything: the
/// <c>life_loss_info</c> of ALE's vector environment. What is learned from sees the end of a life; the game is played
/// as if nothing had happened.
/// </summary>
/// <remarks>A reset without a seed that follows such an end shows the screen that the life ended with.</remarks>
/// <param name="inner">The environment inside.</param>
public sealed class LifeLossInfo(IScreenEnvironment inner) : ScreenWrapper(inner)
{
    private bool _goesOn;

    /// <inheritdoc/>
    public override ResetEvents Reset(ulong? seed)
    {
        var goesOn = _goesOn && seed is null;
        _goesOn = false;
        return goesOn ? default : Inner.Reset(seed);
    }

    /// <inheritdoc/>
    public override StepResult Step(int action, bool draw)
    {
        var result = Inner.Step(action, draw);
        _goesOn = !result.Ended && result is { LifeLost: true, Lives: > 0 };
        return _goesOn
            ? result with { Flags = result.Flags | StepFlags.Terminated, GameContinues = true }
            : result;
    }

    /// <inheritdoc/>
    protected override void SaveOwnState(StateWriter writer) => writer.Write(_goesOn);

    /// <inheritdoc/>
    protected override void RestoreOwnState(StateReader reader) => _goesOn = reader.ReadBoolean();
}
