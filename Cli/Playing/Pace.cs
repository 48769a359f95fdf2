using System.Diagnostics;

namespace DqnAspire.Cli.Playing;

/// <summary>When the next picture is due, at a game's own speed or a multiple of it.</summary>
/// <param name="framesPerSecond">Pictures a second at the game's own speed.</param>
internal sealed class Pace(double framesPerSecond)
{
    private const double MinSpeed = 1.0 / 8;
    private const double MaxSpeed = 8;

    private long _due = Stopwatch.GetTimestamp();

    /// <summary>Speed of play; 1: the game's own.</summary>
    public double Speed { get; private set; } = 1;

    /// <summary>Whether the game stands still.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Changes the speed, within an eighth and eight.</summary>
    public void Multiply(double factor) => Speed = Math.Clamp(Speed * factor, MinSpeed, MaxSpeed);

    /// <summary>Stops or goes on.</summary>
    public void TogglePause() => IsPaused = !IsPaused;

    /// <summary>Counts a picture.</summary>
    /// <returns>How long it is until the next one; negative: it is late, and the picture may be left out.</returns>
    public TimeSpan Next()
    {
        var period = (long)(Stopwatch.Frequency / (framesPerSecond * Speed));
        var now = Stopwatch.GetTimestamp();
        // Time that was lost long ago is not made up for.
        _due = Math.Max(_due + period, now - Stopwatch.Frequency);
        return Stopwatch.GetElapsedTime(now, _due);
    }
}
