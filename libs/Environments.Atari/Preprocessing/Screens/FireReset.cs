using DqnAspire.Atari2600.Controllers;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Atari.Preprocessing.Screens;

/// <summary>
/// Presses buttons after each reset, for games that wait for FIRE. If one of the steps ends the episode, the
/// environment is reset and the remaining buttons are pressed; the first observation is that of the last step, also
/// when that step itself ended the episode.
/// </summary>
public sealed class FireReset : ScreenWrapper
{
    private readonly int[] _presses;
    private readonly byte[] _kept;
    private bool _showsKept;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment inside.</param>
    /// <param name="presses">The actions, the first of them FIRE; null for 1 and 2, those of OpenAI Baselines.</param>
    /// <exception cref="ArgumentException">The first action is not the game's FIRE.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The game has no action of one of the numbers.</exception>
    public FireReset(IScreenEnvironment inner, params IReadOnlyList<int>? presses)
        : base(inner)
    {
        _presses = presses is { Count: > 0 } ? [.. presses] : [(int)AtariAction.Fire, (int)AtariAction.Fire + 1];
        RequireMeaning(inner, _presses[0], "FIRE");
        foreach (var press in _presses)
        {
            inner.ActionSpace.ThrowIfOutside(press);
        }

        _kept = new byte[Screen.ByteCount];
    }

    /// <inheritdoc/>
    public override ResetEvents Reset(ulong? seed)
    {
        _showsKept = false;
        var events = Inner.Reset(seed);
        for (var i = 0; i < _presses.Length; i++)
        {
            var isLast = i == _presses.Length - 1;
            var result = Inner.Step(_presses[i], draw: isLast);
            events = events.WithStep(result.Reward, result.EndsGame);
            if (!result.Ended)
            {
                continue;
            }

            if (isLast)
            {
                Inner.ReadScreen(_kept);
                _showsKept = true;
            }

            // A life that was lost goes on with its game: a seed would begin a new one, and was applied a moment ago.
            events = events.WithReset(Inner.Reset(result.EndsGame ? seed : null));
        }

        return events;
    }

    /// <inheritdoc/>
    public override StepResult Step(int action, bool draw)
    {
        _showsKept = false;
        return Inner.Step(action, draw);
    }

    /// <inheritdoc/>
    public override void ReadScreen(Span<byte> screen)
    {
        if (_showsKept)
        {
            _kept.CopyTo(screen);
        }
        else
        {
            Inner.ReadScreen(screen);
        }
    }

    /// <inheritdoc/>
    protected override void SaveOwnState(StateWriter writer)
    {
        writer.Setting("presses", string.Join(' ', _presses));
        writer.Write(_showsKept);
        writer.Write(_kept.AsSpan());
    }

    /// <inheritdoc/>
    protected override void RestoreOwnState(StateReader reader)
    {
        reader.Setting("presses", string.Join(' ', _presses));
        _showsKept = reader.ReadBoolean();
        reader.Read(_kept.AsSpan());
    }
}
