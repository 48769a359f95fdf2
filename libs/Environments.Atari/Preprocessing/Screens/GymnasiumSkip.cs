using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Atari.Preprocessing.Screens;

/// <summary>
/// Repeats each action and shows the maximum of the last two screens, the part of Gymnasium's AtariPreprocessing that
/// works on frames. It differs from <see cref="MaxAndSkip"/> where an episode ends early: the screen on which it ended
/// is not taken, and the maximum is kept, so that the last observation is the one before it, joined with the last but
/// one screen.
/// </summary>
public sealed class GymnasiumSkip : ScreenWrapper
{
    private readonly int _frameSkip;
    private readonly bool _terminalOnLifeLoss;
    private readonly byte[] _shown;
    private readonly byte[] _lastButOne;
    private int _lives;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment inside.</param>
    /// <param name="frameSkip">Repetitions of an action, at least 1; with 1 there is no maximum.</param>
    /// <param name="terminalOnLifeLoss">
    /// Whether a lost life terminates the episode. The next reset is one of the whole game all the same.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="frameSkip"/> is below 1.</exception>
    public GymnasiumSkip(IScreenEnvironment inner, int frameSkip, bool terminalOnLifeLoss = false)
        : base(inner)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frameSkip, 1);
        _frameSkip = frameSkip;
        _terminalOnLifeLoss = terminalOnLifeLoss;
        _shown = new byte[Screen.ByteCount];
        _lastButOne = new byte[Screen.ByteCount];
    }

    /// <inheritdoc/>
    public override ResetEvents Reset(ulong? seed)
    {
        var events = Inner.Reset(seed);
        _lives = Inner.Lives;
        Inner.ReadScreen(_shown);
        Array.Clear(_lastButOne);
        return events;
    }

    /// <inheritdoc/>
    public override StepResult Step(int action, bool draw)
    {
        var sum = new StepSum();
        var endedByLife = false;
        for (var i = 0; i < _frameSkip; i++)
        {
            // Both screens outlive the step: they are taken even when nobody looks at this one.
            sum.Add(Inner.Step(action, draw: i >= _frameSkip - 2));
            if (_terminalOnLifeLoss)
            {
                endedByLife = sum.Result.Lives < _lives;
                _lives = sum.Result.Lives;
            }

            if (endedByLife || sum.Result.Ended)
            {
                break;
            }

            if (i == _frameSkip - 2)
            {
                Inner.ReadScreen(_lastButOne);
            }
            else if (i == _frameSkip - 1)
            {
                Inner.ReadScreen(_shown);
            }
        }

        if (_frameSkip > 1)
        {
            PairMaximum.Compute(_shown, _lastButOne, _shown);
        }

        var result = sum.Result;
        return endedByLife ? result with { Flags = result.Flags | StepFlags.Terminated } : result;
    }

    /// <inheritdoc/>
    public override void ReadScreen(Span<byte> screen) => _shown.CopyTo(screen);

    /// <inheritdoc/>
    protected override void SaveOwnState(StateWriter writer)
    {
        writer.Setting("frame_skip", _frameSkip);
        writer.Setting("terminal_on_life_loss", _terminalOnLifeLoss);
        writer.Write(_lives);
        writer.Write(_shown.AsSpan());
        writer.Write(_lastButOne.AsSpan());
    }

    /// <inheritdoc/>
    protected override void RestoreOwnState(StateReader reader)
    {
        reader.Setting("frame_skip", _frameSkip);
        reader.Setting("terminal_on_life_loss", _terminalOnLifeLoss);
        _lives = reader.ReadInt32();
        reader.Read(_shown.AsSpan());
        reader.Read(_lastButOne.AsSpan());
    }
}
