using System.Diagnostics;
using System.Diagnostics.Metrics;
using DqnAspire.ServiceDefaults.Telemetry;

namespace DqnAspire.EnvService;

/// <summary>What the service measures of itself.</summary>
public sealed class EnvMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "DqnAspire.EnvService";

    private readonly Counter<long> _steps;
    private readonly Counter<long> _episodes;
    private readonly UpDownCounter<long> _sessions;
    private readonly Histogram<double> _stepDuration;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Where meters come from.</param>
    public EnvMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _steps = meter.CreateCounter<long>(
            "dqn.env.steps", "{step}", "Environment steps, all lanes counted, idle ones not.");
        _episodes = meter.CreateCounter<long>("dqn.env.episodes", "{episode}", "Episodes that ended.");
        _sessions = meter.CreateUpDownCounter<long>("dqn.env.sessions.active", "{session}", "Sessions that are open.");
        _stepDuration = meter.CreateHistogram(
            "dqn.env.step.duration",
            "s",
            "Duration of one step of all lanes of a session, without the wire.",
            advice: Buckets.Durations);
    }

    /// <summary>A session was opened.</summary>
    public void SessionStarted() => _sessions.Add(1);

    /// <summary>A session ended.</summary>
    public void SessionEnded() => _sessions.Add(-1);

    /// <summary>The lanes of a session made a step.</summary>
    /// <param name="environment">Tag that names the environment.</param>
    /// <param name="steps">Lanes that were not idle.</param>
    /// <param name="episodes">Episodes that ended.</param>
    /// <param name="startTimestamp">When the step began, from <see cref="Stopwatch.GetTimestamp"/>.</param>
    public void Stepped(KeyValuePair<string, object?> environment, int steps, int episodes, long startTimestamp)
    {
        _stepDuration.Record(Stopwatch.GetElapsedTime(startTimestamp).TotalSeconds, environment);
        _steps.Add(steps, environment);
        if (episodes > 0)
        {
            _episodes.Add(episodes, environment);
        }
    }

    /// <summary>Whole episodes were played by tables.</summary>
    /// <param name="environment">Tag that names the environment.</param>
    /// <param name="episodes">Episodes that ended.</param>
    public void Played(KeyValuePair<string, object?> environment, int episodes) => _episodes.Add(episodes, environment);
}
