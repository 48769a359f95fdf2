using System.Globalization;
using DqnAspire.Core;

namespace DqnAspire.Runs.Folders;

/// <summary>The names of a run folder's files and folders, in one place. README.md says what each holds.</summary>
public static class RunLayout
{
    /// <summary>What the run is made of and where it stands.</summary>
    public const string RunFile = "run.json";

    /// <summary>The log: a line an episode or iteration.</summary>
    public const string Log = "metrics.jsonl";

    /// <summary>The log as a picture.</summary>
    public const string Curve = "curve.svg";

    /// <summary>The run on one page.</summary>
    public const string Report = "report.md";

    /// <summary>The evaluation after training.</summary>
    public const string Evaluation = "evaluation.json";

    /// <summary>The folder of the parameters with the best validation score.</summary>
    public const string Best = "best";

    /// <summary>The folder of the checkpoints, each in a folder named by its steps.</summary>
    public const string Checkpoints = "checkpoints";

    /// <summary>The folder for the logs of the processes around a run. It may exist before the run does.</summary>
    public const string Logs = "logs";

    /// <summary>What is locked by the process that works on the run, while it does.</summary>
    public const string Lock = "owner.lock";

    /// <summary>Which process that is.</summary>
    public const string Owner = "owner.json";

    /// <summary>The folder of filmed episodes, each with a JSON file beside it.</summary>
    public const string Recordings = "recordings";

    /// <summary>A policy's parameters, in its folder.</summary>
    public const string Parameters = "network.safetensors";

    /// <summary>What a policy's parameters are for, beside them.</summary>
    public const string Policy = "policy.json";

    /// <summary>
    /// The folder that holds a new run's experience as <c>RUN-ID/replay</c>: that of all runs where the run's folder is
    /// named after the run, so that experience lies in it, or else the run's folder.
    /// </summary>
    /// <param name="run">Absolute path of the run's folder.</param>
    /// <param name="runId">Id of the run.</param>
    public static string ExperienceRoot(string run, string runId) =>
        Path.GetFileName(run) == runId ? Path.GetDirectoryName(run) ?? run : run;

    /// <summary>Checks that a name from a file is one of a file or folder, and no path to another place.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">What it is the name of, for the message.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    internal static void RequireName(string? name, string what)
    {
        const int MaxName = 255;
        if (string.IsNullOrWhiteSpace(name) || name is "." or ".." || name.Length > MaxName
            || name.Any(c => c is '/' or '\\' || char.IsControl(c)))
        {
            throw new InvalidDataException($"{what} is '{OneLine.Of(name, MaxName)}', which is no name");
        }
    }

    /// <summary>The folder of a checkpoint.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="steps">Agent steps taken at the checkpoint.</param>
    public static string CheckpointFolder(string run, long steps) =>
        Path.Combine(run, Checkpoints, steps.ToString(CultureInfo.InvariantCulture));
}
