using System.Globalization;
using DqnAspire.AppHost.Following;

namespace DqnAspire.AppHost.Display;

/// <summary>The one line below a run's numbers: what is unusual now. It goes when it is over.</summary>
internal static class RunNotices
{
    /// <summary>The line; empty when all is well.</summary>
    /// <param name="update">Where the run stands.</param>
    /// <param name="learnerIsStopped">Whether the learner's process was stopped by its user.</param>
    public static string Of(RunUpdate update, bool learnerIsStopped) => update switch
    {
        _ when learnerIsStopped => "LearnerService is stopped. Start it in the dashboard, or by `aspire resource learner start`, to continue the run.",
        { IsSilent: true, Progress: null } => Format($"Waiting for LearnerService to start ({update.Silence.TotalSeconds:0} s)."),
        { IsSilent: true } => Format($"No sign of LearnerService for {update.Silence.TotalSeconds:0} s; the run continues when it is back."),
        { Progress: { } progress } => progress.Notice,
        _ => "",
    };

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
