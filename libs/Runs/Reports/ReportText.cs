using System.Globalization;
using DqnAspire.Agents.Training;

namespace DqnAspire.Runs.Reports;

/// <summary>Numbers and states as reports write them.</summary>
internal static class ReportText
{
    public static string Whole(double? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    public static string Number(double? number) => number?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    public static string WithError(double mean, double error) => $"{Number(mean)} ± {Number(error)}";

    public static string Percent(double fraction) => fraction.ToString("0.0", CultureInfo.InvariantCulture) + " %";

    public static string Duration(double seconds) => seconds < 60
        ? seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"
        : TimeSpan.FromSeconds(seconds).ToString(
            seconds < 3600 ? @"m\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture).TrimStart('0', '.');

    public static string State(RunState state) => state switch
    {
        RunState.Solved => "solved",
        RunState.Unsolved => "ended unsolved",
        RunState.Stopped => "stopped",
        RunState.Failed => "failed",
        RunState.Evaluating => "evaluating",
        _ => "not ended",
    };
}
