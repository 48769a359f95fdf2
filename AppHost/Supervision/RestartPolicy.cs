namespace DqnAspire.AppHost.Supervision;

/// <summary>When one service is started again after a crash: with growing pauses, and only so often.</summary>
/// <param name="clock">Tells the time.</param>
internal sealed class RestartPolicy(TimeProvider clock)
{
    /// <summary>Restarts of a service that never runs for <see cref="Probation"/>; the next crash is final.</summary>
    public const int MaxRestarts = 5;

    /// <summary>A service that has run for so long is sound again: its earlier crashes no longer count.</summary>
    public static readonly TimeSpan Probation = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.2);

    private long? _started;
    private int _recent;

    /// <summary>Restarts since the system was started.</summary>
    public int Restarts { get; private set; }

    /// <summary>The service runs.</summary>
    public void Started() => _started ??= clock.GetTimestamp();

    /// <summary>The service crashed.</summary>
    /// <returns>The pause before it is started again: 0.2 s, then twice as long each time; null: it is given up.</returns>
    public TimeSpan? Crashed()
    {
        if (_started is { } started && clock.GetElapsedTime(started) >= Probation)
        {
            _recent = 0;
        }

        _started = null;
        if (_recent == MaxRestarts)
        {
            return null;
        }

        Restarts++;
        return FirstPause * Math.Pow(2, _recent++);
    }
}
