using System.Globalization;

namespace DqnAspire.Runs.Sessions;

/// <summary>
/// How long work is tried again after a service was lost: with growing pauses, as long as the service may be about to
/// come back, and as long as the work gets further than before.
/// </summary>
/// <param name="patience">Maximum time from a loss until the work continues.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class ServicePatience(TimeSpan patience, TimeProvider clock)
{
    /// <summary>Losses without a step of progress after which the run itself is what takes the service down.</summary>
    public const int MaxLossesInPlace = 10;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(2);

    private long? _lost;
    private long _farthest = -1;
    private int _inPlace;
    private TimeSpan _pause;

    /// <summary>Why there is no further attempt, for people.</summary>
    public string Reason => _inPlace > MaxLossesInPlace
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"It went away {_inPlace} times before the run came farther than step {_farthest}.")
        : string.Create(CultureInfo.InvariantCulture, $"It was not back within {patience.TotalSeconds:0.#} s.");

    /// <summary>Decides what follows the loss of a service.</summary>
    /// <param name="steps">Agent steps that the run had taken.</param>
    /// <param name="trained">Whether the run had trained since the loss before.</param>
    /// <returns>The pause before the next attempt; null: no more of them.</returns>
    public TimeSpan? NextPause(long steps, bool trained)
    {
        if (trained)
        {
            _inPlace = steps > _farthest ? 1 : _inPlace + 1;
            _farthest = Math.Max(_farthest, steps);
            _lost = null;
        }

        _pause = _lost is null ? FirstPause : TimeSpan.FromTicks(Math.Min(2 * _pause.Ticks, MaxPause.Ticks));
        _lost ??= clock.GetTimestamp();
        return _inPlace > MaxLossesInPlace || clock.GetElapsedTime(_lost.Value) + _pause > patience ? null : _pause;
    }
}
