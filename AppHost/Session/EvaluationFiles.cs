using DqnAspire.Runs.Records;
using DqnAspire.Contracts.Eval.V1;

namespace DqnAspire.AppHost.Session;

/// <summary>
/// Puts the evaluation of a finished run into the run's folder, which LearnerService has left complete.
/// </summary>
internal static class EvaluationFiles
{
    /// <summary>Writes <c>evaluation.json</c>, and <c>report.md</c> anew.</summary>
    public static void Write(string folder, Summary summary)
    {
        var evaluation = new RecordedEvaluation
        {
            Protocol = summary.Protocol,
            Episodes = summary.Episodes,
            MeanReturn = summary.MeanReturn,
            StandardError = summary.StandardError,
            MedianReturn = summary.MedianReturn,
            InterquartileMeanReturn = summary.InterquartileMeanReturn,
            MinReturn = summary.MinReturn,
            MaxReturn = summary.MaxReturn,
            HumanNormalisedScore = summary.HasHumanNormalisedScore ? summary.HumanNormalisedScore : null,
        };
        evaluation.Write(folder);
        Runs.Reports.RunReport.Write(folder);
    }
}
