namespace DqnAspire.AppHost.Supervision;

/// <summary>
/// Decides when a service is started again after a crash: with growing pauses, and a limited number of times.
/// </summary>
/// <param name="clock">Measures time.</param>
internal sealed class RestartPolicy(TimeProvider clock)
{
    /// <summary>
    /// Restarts of a service that never runs as long as <see cref="Probation"/>; the next crash is final.
    /// </summary>
    public const int MaxRestarts = 5;

    /// <summary>Time after which the earlier crashes of a running service no longer count.</summary>
    public static readonly TimeSpan Probation = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.2);

    private long? _started;
    private int _recent;

    /// <summary>Restarts since the system was started.</summary>
    public int Restarts { get; private set; }

    /// <summary>Records that the service runs.</summary>
    public void Started() => _started ??= clock.GetTimestamp();

    /// <summary>Records that the service crashed.</summary>
    /// <returns>The pause before the next start: 0.2 s, then twice as long each time; null: no further start.</returns>
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
