using DqnAspire.Core.Lanes;
using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Atari.Preprocessing.Screens;

/// <summary>
/// Repeats each action and shows the maximum of the last two screens, as OpenAI Baselines and Stable-Baselines3 do: two
/// slots take the screens after the last but one and after the last repetition. They are never cleared: an episode that
/// ends early shows what they hold from before. After a reset the screen is the plain one.
/// </summary>
public sealed class MaxAndSkip : ScreenWrapper
{
    private readonly int _skip;
    private readonly byte[] _lastButOne;
    private readonly byte[] _last;
    private bool _isReset = true;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment inside.</param>
    /// <param name="skip">Repetitions of an action, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="skip"/> is below 1.</exception>
    public MaxAndSkip(IScreenEnvironment inner, int skip)
        : base(inner)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(skip, 1);
        _skip = skip;
        _lastButOne = new byte[Screen.ByteCount];
        _last = new byte[Screen.ByteCount];
    }

    /// <inheritdoc/>
    public override ResetEvents Reset(ulong? seed)
    {
        _isReset = true;
        return Inner.Reset(seed);
    }

    /// <inheritdoc/>
    public override StepResult Step(int action, bool draw)
    {
        _isReset = false;
        var sum = new StepSum();
        for (var i = 0; i < _skip; i++)
        {
            // The slots outlive the step: they are filled even when nobody looks at this one.
            sum.Add(Inner.Step(action, draw: i >= _skip - 2));
            if (i == _skip - 2)
            {
                Inner.ReadScreen(_lastButOne);
            }
            else if (i == _skip - 1)
            {
                Inner.ReadScreen(_last);
            }

            if (sum.Result.Ended)
            {
                break;
            }
        }

        return sum.Result;
    }

    /// <inheritdoc/>
    public override void ReadScreen(Span<byte> screen)
    {
        if (_isReset)
        {
            Inner.ReadScreen(screen);
        }
        else
        {
            PairMaximum.Compute(_lastButOne, _last, screen);
        }
    }

    /// <inheritdoc/>
    protected override void SaveOwnState(StateWriter writer)
    {
        writer.Setting("skip", _skip);
        writer.Write(_isReset);
        writer.Write(_lastButOne.AsSpan());
        writer.Write(_last.AsSpan());
    }

    /// <inheritdoc/>
    protected override void RestoreOwnState(StateReader reader)
    {
        reader.Setting("skip", _skip);
        _isReset = reader.ReadBoolean();
        reader.Read(_lastButOne.AsSpan());
        reader.Read(_last.AsSpan());
    }
}
