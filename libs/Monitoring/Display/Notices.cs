using DqnAspire.Monitoring.Following;

namespace DqnAspire.Monitoring.Display;

/// <summary>
/// The line below a run's numbers that says what is unusual now. It disappears when the matter is settled.
/// </summary>
public static class Notices
{
    /// <summary>The line; empty when all is well.</summary>
    /// <param name="update">The state of the run.</param>
    /// <param name="learnerIsStopped">Whether the user stopped the learner's process.</param>
    public static string Of(ProgressUpdate update, bool learnerIsStopped) => update switch
    {
        _ when learnerIsStopped =>
            "LearnerService is stopped. Start it in the dashboard, or by `aspire resource learner start`, "
            + "to continue the run.",
        { IsSilent: true, Status: null } =>
            FormattableString.Invariant($"Waiting for LearnerService to start ({update.Silence.TotalSeconds:0} s)."),
        { IsSilent: true } =>
            FormattableString.Invariant(
                $"No sign of LearnerService for {update.Silence.TotalSeconds:0} s; the run continues when it is back."),
        { Status: { } status } => status.Notice,
        _ => "",
    };
}
