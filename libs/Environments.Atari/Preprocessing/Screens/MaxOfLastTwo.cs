using DqnAspire.Core.Lanes;
using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Atari.Preprocessing.Screens;

/// <summary>
/// Repeats each action and shows the maximum of the last two screens that there were, as the programs of "Deep
/// Reinforcement Learning Hands-On" do. It differs from <see cref="MaxAndSkip"/> where an episode ends early: the two
/// screens are then the newest two, the episode's first screen among them if need be. Any repetition may be the last,
/// so that every one is drawn.
/// </summary>
public sealed class MaxOfLastTwo : ScreenWrapper
{
    private readonly int _skip;
    private byte[] _previous;
    private byte[] _newest;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment inside.</param>
    /// <param name="skip">Repetitions of an action, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="skip"/> is below 1.</exception>
    public MaxOfLastTwo(IScreenEnvironment inner, int skip)
        : base(inner)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(skip, 1);
        _skip = skip;
        _previous = new byte[Screen.ByteCount];
        _newest = new byte[Screen.ByteCount];
    }

    /// <inheritdoc/>
    public override ResetEvents Reset(ulong? seed)
    {
        var events = Inner.Reset(seed);
        // The first screen alone: nothing is larger in a maximum with zeros.
        Inner.ReadScreen(_newest);
        Array.Clear(_previous);
        return events;
    }

    /// <inheritdoc/>
    public override StepResult Step(int action, bool draw)
    {
        var sum = new StepSum();
        for (var i = 0; i < _skip && !sum.Result.Ended; i++)
        {
            sum.Add(Inner.Step(action, draw: true));
            (_previous, _newest) = (_newest, _previous);
            Inner.ReadScreen(_newest);
        }

        return sum.Result;
    }

    /// <inheritdoc/>
    public override void ReadScreen(Span<byte> screen) => PairMaximum.Compute(_previous, _newest, screen);

    /// <inheritdoc/>
    protected override void SaveOwnState(StateWriter writer)
    {
        writer.Setting("skip", _skip);
        writer.Write(_previous.AsSpan());
        writer.Write(_newest.AsSpan());
    }

    /// <inheritdoc/>
    protected override void RestoreOwnState(StateReader reader)
    {
        reader.Setting("skip", _skip);
        reader.Read(_previous.AsSpan());
        reader.Read(_newest.AsSpan());
    }
}
