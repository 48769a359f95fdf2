namespace DqnAspire.Benchmarks.Training;

/// <summary>Where the time of a run's steps went.</summary>
/// <param name="steps">Training steps.</param>
/// <param name="elapsed">Time of the run.</param>
/// <param name="lanes">Time spent waiting for environments, in training and validation.</param>
/// <param name="replay">Time spent waiting for batches.</param>
internal sealed class StepTiming(long steps, TimeSpan elapsed, TimedLaneSource lanes, TimedReplaySource replay)
{
    public double StepsPerSecond => steps / elapsed.TotalSeconds;

    /// <summary>One environment step.</summary>
    public TimeSpan EnvironmentTrip => lanes.Time / lanes.Steps;

    /// <summary>
    /// Environment steps for one training step: its own, and its share of validation and of filling the replay.
    /// </summary>
    public double EnvironmentSteps => (double)lanes.Steps / steps;

    /// <summary>One batch.</summary>
    public TimeSpan ReplayTrip => replay.Time / steps;

    /// <summary>What a training step takes besides.</summary>
    public TimeSpan Rest => (elapsed - lanes.Time - replay.Time) / steps;
}
