using System.Globalization;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.AtariTraces.Format;

namespace DqnAspire.AtariTraces.Recording;

/// <summary>
/// A rule that chooses actions: <c>noop</c> does nothing, <c>lcgN</c> takes them from a linear congruential generator
/// with seed N and holds each for some frames.
/// </summary>
public sealed class ActionScript : IActionSource
{
    /// <summary>The script that does nothing.</summary>
    public const string Noop = "noop";

    /// <summary>The script that draws; a seed follows in <see cref="Parse"/>.</summary>
    public const string Lcg = "lcg";

    private const uint Multiplier = 1_664_525;
    private const uint Increment = 1_013_904_223;

    private uint _state;
    private int _frame;
    private int _action;

    private ActionScript(string name, uint seed, int hold)
    {
        (Name, Seed, Hold, _state) = (name, seed, hold, seed);
    }

    /// <summary><see cref="Noop"/> or <see cref="Lcg"/>.</summary>
    public string Name { get; }

    /// <summary>Seed of the generator; also that of the environment's.</summary>
    public uint Seed { get; }

    /// <summary>Number of frames for which an action is held; 0 for <see cref="Noop"/>.</summary>
    public int Hold { get; }

    /// <summary>A script by its name.</summary>
    /// <param name="name"><c>noop</c>, or <c>lcg</c> and a seed.</param>
    /// <param name="hold">Frames for which an action is held, at least 1; ignored by <c>noop</c>.</param>
    /// <exception cref="TraceFormatException">There is no such script, or <paramref name="hold"/> is below
    /// 1.</exception>
    public static ActionScript Parse(string name, int hold)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name == Noop)
        {
            return new ActionScript(Noop, 1, 0);
        }

        if (!name.StartsWith(Lcg, StringComparison.Ordinal)
            || !uint.TryParse(name[Lcg.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            throw new TraceFormatException($"There is no script '{name}'. Scripts: {Noop}, {Lcg}N with a seed N.");
        }

        return hold > 0
            ? new ActionScript(Lcg, seed, hold)
            : throw new TraceFormatException($"An action cannot be held for {hold} frames.");
    }

    /// <inheritdoc/>
    public int Next()
    {
        if (Hold > 0 && _frame++ % Hold == 0)
        {
            _state = (_state * Multiplier) + Increment;
            _action = (int)((_state >> 16) % AtariActions.Count);
        }

        return _action;
    }
}
