using System.Globalization;
using System.Text;
using DqnAspire.Agents.Training;
using DqnAspire.Core.Files;
using DqnAspire.Runs.Records;

namespace DqnAspire.Runs.Reports;

/// <summary>A run on one page of Markdown, <c>report.md</c> in its folder, made of the folder's other files alone.</summary>
public static class RunReport
{
    /// <summary>Name of the file in a run's folder.</summary>
    public const string FileName = "report.md";

    /// <summary>Writes the report of a folder.</summary>
    /// <param name="folder">A run's folder.</param>
    /// <returns>The file.</returns>
    /// <exception cref="RunDirectoryException">The folder is none of a run.</exception>
    /// <exception cref="IOException">The report cannot be written.</exception>
    public static string Write(string folder)
    {
        var path = Path.Combine(folder, FileName);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(ToMarkdown(RecordedRun.Read(folder))));
        return path;
    }

    /// <summary>The report.</summary>
    public static string ToMarkdown(RecordedRun run)
    {
        var text = new StringBuilder();
        var file = run.File;
        text.Append(CultureInfo.InvariantCulture, $"# {file.Preset}, seed {file.Seed}: {RunWords.State(file.State)}\n\n");
        if (file.Error is { } error)
        {
            text.Append(CultureInfo.InvariantCulture, $"It failed: {error}\n\n");
        }

        text.Append(Result(run));
        Section(text, "Evaluation", Evaluation(run.Evaluation));
        if (File.Exists(Path.Combine(run.Folder, "curve.svg")))
        {
            Section(text, "Curve", "![Returns and losses over agent steps](curve.svg)\n");
        }

        Section(text, "Settings", Settings(file));
        if (file.Summary is { } summary)
        {
            Section(text, "Network", $"```\n{summary}\n```\n");
        }

        if (ActionTable.Of(run) is { } actions)
        {
            Section(text, "Actions", actions.ToString());
        }

        Section(text, "Checkpoints", Checkpoints(run));
        Section(text, "Seeds", Seeds(file));
        return text.ToString();
    }

    private static void Section(StringBuilder text, string heading, string body) => text.Append("\n## ").Append(heading).Append("\n\n").Append(body);

    private static string Result(RecordedRun run)
    {
        var file = run.File;
        var rates = file.Seconds > 0
            ? $"{RunWords.Whole((long)(file.Steps / file.Seconds))} steps/s, {RunWords.Whole((long)(file.Updates / file.Seconds))} updates/s"
            : "";
        var table = new MarkdownTable("", "");
        table.Add("run", file.RunId);
        table.Add("environment", file.Settings.GetValueOrDefault("Environment:Id", ""));
        table.Add("agent steps", RunWords.Whole(file.Steps));
        table.Add("episodes", RunWords.Whole(file.Episodes));
        table.Add("updates", RunWords.Whole(file.Updates));
        Optional(table, "mean return of the last 100 episodes", file.MeanReturn100);
        Optional(table, "best validation return", file.BestValidationReturn);
        Optional(table, "goal", file.GoalReturn);
        table.Add("wall time", RunWords.Duration(file.Seconds));
        table.Add("throughput", rates);
        table.Add("started", file.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        table.Add("version", $"{file.Version}, {file.Runtime}");
        return table.ToString();
    }

    private static void Optional(MarkdownTable table, string name, double? value)
    {
        if (value is { } number)
        {
            table.Add(name, RunWords.Number(number));
        }
    }

    private static string Evaluation(RecordedEvaluation? evaluation)
    {
        if (evaluation is null)
        {
            return "The policy has not been evaluated after the run.\n";
        }

        var table = new MarkdownTable("statistic", "return");
        table.Add("mean ± standard error", RunWords.WithError(evaluation.MeanReturn, evaluation.StandardError));
        table.Add("median", RunWords.Number(evaluation.MedianReturn));
        table.Add("interquartile mean", RunWords.Number(evaluation.InterquartileMeanReturn));
        table.Add("smallest to largest", $"{RunWords.Number(evaluation.MinReturn)} to {RunWords.Number(evaluation.MaxReturn)}");
        Optional(table, "human-normalised score of the mean", evaluation.HumanNormalisedScore);
        return $"Protocol: {evaluation.Protocol}.\n\n{table}";
    }

    private static string Settings(RunFile file)
    {
        if (SettingChanges.Of(file) is not { } changes)
        {
            return $"This version has no preset {file.Preset} to compare with; `{RunFile.FileName}` lists every setting.\n";
        }

        if (changes.Count == 0)
        {
            return $"All as preset {file.Preset} has them; `{RunFile.FileName}` lists them.\n";
        }

        var table = new MarkdownTable("setting", "preset", "this run");
        foreach (var (name, preset, run) in changes)
        {
            table.Add($"`{name}`", preset ?? "-", run ?? "-");
        }

        return $"Different from preset {file.Preset}; `{RunFile.FileName}` lists every setting.\n\n{table}";
    }

    private static string Checkpoints(RecordedRun run)
    {
        if (run.Policies.Count == 0)
        {
            return "None.\n";
        }

        var table = new MarkdownTable("folder", "agent steps", "validation return");
        foreach (var checkpoint in run.Policies)
        {
            table.Add($"[{checkpoint.Folder}]({checkpoint.Folder})", RunWords.Whole(checkpoint.Steps), RunWords.Number(checkpoint.ValidationReturn));
        }

        return table.ToString();
    }

    private static string Seeds(RunFile file)
    {
        var seeds = new SeedStreams(file.Seed);
        var table = new MarkdownTable("generator", "seed");
        table.Add("the run", file.Seed.ToString(CultureInfo.InvariantCulture));
        foreach (var property in typeof(SeedStreams).GetProperties())
        {
            table.Add(property.Name, Convert.ToString(property.GetValue(seeds), CultureInfo.InvariantCulture)!);
        }

        return table.ToString();
    }
}
