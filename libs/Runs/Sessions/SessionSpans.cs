using System.Diagnostics;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;

namespace DqnAspire.Runs.Sessions;

/// <summary>
/// A run as a trace: the run itself, and in it the streams that it opens, its checkpoints, and what it publishes.
/// </summary>
internal static class SessionSpans
{
    private static readonly ActivitySource Source = new("DqnAspire.Runs");

    /// <summary>Begins the trace of a run.</summary>
    /// <returns>Null when nobody traces.</returns>
    public static Activity? StartRun(string runId, TrainingSettings settings)
    {
        // The call that started the run is answered long before the run ends: it is no parent.
        Activity.Current = null;
        return Source.StartActivity("run")
            ?.SetTag("dqn.run.id", runId)
            .SetTag("dqn.run.preset", settings.Preset)
            .SetTag("dqn.run.seed", settings.Run.Seed)
            .SetTag("dqn.environment.id", settings.Environment.Id);
    }

    /// <summary>Ends the trace of a run.</summary>
    /// <param name="run">What <see cref="StartRun"/> gave.</param>
    /// <param name="state">How it ended.</param>
    /// <param name="steps">Agent steps taken.</param>
    /// <param name="error">Why it failed; empty when it did not.</param>
    public static void EndRun(Activity? run, RunState state, long steps, string error)
    {
        run?.SetTag("dqn.run.state", state.ToString())
            .SetTag("dqn.run.steps", steps)
            .SetStatus(
                error.Length > 0 ? ActivityStatusCode.Error : ActivityStatusCode.Ok, error.Length > 0 ? error : null)
            .Dispose();
    }

    /// <summary>A checkpoint is written until the span is disposed.</summary>
    public static Activity? StartCheckpoint(long steps) =>
        Source.StartActivity("checkpoint")?.SetTag("dqn.run.steps", steps);

    /// <summary>
    /// The best parameters so far are published, and written, until the span is disposed. Others come with every
    /// episode in some recipes, and would bury the rest.
    /// </summary>
    public static Activity? StartPublication(long steps, bool best) =>
        best ? Source.StartActivity("publish best parameters")?.SetTag("dqn.run.steps", steps) : null;

    /// <summary>Notes in the run's trace what happened to it.</summary>
    public static void Note(string notice) => Activity.Current?.AddEvent(new ActivityEvent(notice));
}
