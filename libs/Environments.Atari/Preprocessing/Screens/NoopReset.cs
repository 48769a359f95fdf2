using DqnAspire.Atari2600.Controllers;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Atari.Preprocessing.Screens;

/// <summary>
/// Begins each episode with a random number of steps that do nothing, from 1 to a maximum, so that episodes differ.
/// Their number is the generator's <c>integers(1, noopMax + 1)</c>, drawn after the reset; an episode that ends among
/// them is begun again, with the same seed argument, and the count continues.
/// </summary>
public sealed class NoopReset : ScreenWrapper
{
    private readonly int _noopMax;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment inside.</param>
    /// <param name="noopMax">Maximum of steps that do nothing, at least 1.</param>
    /// <exception cref="ArgumentException">Action 0 of the game is not NOOP.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="noopMax"/> is below 1.</exception>
    public NoopReset(IScreenEnvironment inner, int noopMax)
        : base(inner)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(noopMax, 1);
        RequireMeaning(inner, (int)AtariAction.Noop, "NOOP");
        _noopMax = noopMax;
    }

    /// <inheritdoc/>
    public override ResetEvents Reset(ulong? seed)
    {
        var events = Inner.Reset(seed);
        for (var left = Random.Integers(1, _noopMax + 1L); left > 0; left--)
        {
            var result = Inner.Step((int)AtariAction.Noop, draw: left == 1);
            events = events.WithStep(result.Reward, result.EndsGame);
            if (result.Ended)
            {
                events = events.WithReset(Inner.Reset(seed));
            }
        }

        return events;
    }

    /// <inheritdoc/>
    protected override void SaveOwnState(StateWriter writer)
    {
        writer.Setting("noop_max", _noopMax);
    }

    /// <inheritdoc/>
    protected override void RestoreOwnState(StateReader reader)
    {
        reader.Setting("noop_max", _noopMax);
    }
}
