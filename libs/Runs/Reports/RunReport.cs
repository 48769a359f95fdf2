using System.Globalization;
using System.Text;
using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Training;
using DqnAspire.Core.Files;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Records;

namespace DqnAspire.Runs.Reports;

/// <summary>
/// A run on one page of Markdown, <c>report.md</c> in its folder, made of the folder's other files alone.
/// </summary>
public static class RunReport
{
    /// <summary>Name of the file in a run's folder.</summary>
    public const string FileName = RunLayout.Report;

    /// <summary>
    /// The numbers that have rows of their own, and those of the last second, which say nothing about a whole run.
    /// </summary>
    private static readonly TrainingNumber[] OwnRows =
    [
        TrainingNumbers.Steps, TrainingNumbers.Episodes, TrainingNumbers.Updates, TrainingNumbers.MeanReturn100,
        TrainingNumbers.BestValidationReturn, TrainingNumbers.GoalReturn, TrainingNumbers.StepsPerSecond,
        TrainingNumbers.UpdatesPerSecond, TrainingNumbers.Seconds,
    ];

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
        text.Append(
            CultureInfo.InvariantCulture, $"# {file.Preset}, seed {file.Seed}: {ReportText.State(file.State)}\n\n");
        if (file.Error is { } error)
        {
            text.Append(CultureInfo.InvariantCulture, $"It failed: {error}\n\n");
        }

        foreach (var damage in run.Damage)
        {
            text.Append(CultureInfo.InvariantCulture, $"Damaged: {damage}\n\n");
        }

        text.Append(Result(run));
        Section(text, "Evaluation", Evaluation(run.Evaluation));
        if (File.Exists(Path.Combine(run.Folder, RunLayout.Curve)))
        {
            Section(text, "Curve", "![Returns and losses over agent steps](curve.svg)\n");
        }

        if (RecordedFilm.ReadAll(run.Folder) is { Count: > 0 } films)
        {
            Section(text, "Recordings", Recordings(films));
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

    private static void Section(StringBuilder text, string heading, string body) =>
        text.Append("\n## ").Append(heading).Append("\n\n").Append(body);

    /// <summary>The newest as a picture where it is one, and all of them in a table.</summary>
    private static string Recordings(IReadOnlyList<RecordedFilm> films)
    {
        var newest = films[^1].Pictures;
        var picture = Path.GetExtension(newest) == ".gif"
            ? $"![An episode of the policy after {ReportText.Whole(films[^1].Steps)} agent steps]({Link(newest)})\n\n"
            : "";
        var table = new MarkdownTable("recording", "agent steps", "seed", "return", "length");
        foreach (var film in films)
        {
            table.Add(
                $"[{film.Pictures}]({Link(film.Pictures)})",
                ReportText.Whole(film.Steps),
                film.Seed.ToString(CultureInfo.InvariantCulture),
                string.Join(", ", film.Episodes.Select(episode => ReportText.Number(episode.Return))),
                string.Join(", ", film.Episodes.Select(episode => ReportText.Whole(episode.Length))));
        }

        return $"{picture}{table}\n`dqn play {RunLayout.Recordings}/{newest}{RecordedFilm.Extension}` plays it "
            + "again.\n";

        static string Link(string name) => $"{RunLayout.Recordings}/{name}";
    }

    private static string Result(RecordedRun run)
    {
        var file = run.File;
        var numbers = file.Numbers;
        var seconds = numbers[TrainingNumbers.Seconds] ?? 0;
        var table = new MarkdownTable("", "");
        table.Add("run", file.RunId);
        table.Add("environment", file.Settings.GetValueOrDefault("Environment:Id", ""));
        table.Add("agent steps", ReportText.Whole(file.Steps));
        table.Add("episodes", ReportText.Whole(file.Episodes));
        table.Add("updates", ReportText.Whole(numbers[TrainingNumbers.Updates] ?? 0));
        Optional(table, "mean return of the last 100 episodes", numbers[TrainingNumbers.MeanReturn100]);
        Optional(table, "best validation return", numbers[TrainingNumbers.BestValidationReturn]);
        Optional(table, "goal", numbers[TrainingNumbers.GoalReturn]);
        foreach (var (number, value) in numbers.Where(n => n.Key.Label is not null && !OwnRows.Contains(n.Key)))
        {
            table.Add(number.Label!, value.ToString(number.Format, CultureInfo.InvariantCulture));
        }

        table.Add("wall time", ReportText.Duration(seconds));
        table.Add("throughput", seconds > 0 ? Rates(numbers, seconds) : "");
        table.Add(
            "started", file.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        table.Add("version", $"{file.Version}, {file.Runtime}");
        return table.ToString();
    }

    private static string Rates(NumberSet numbers, double seconds)
    {
        return $"{PerSecond(TrainingNumbers.Steps)} steps/s, {PerSecond(TrainingNumbers.Updates)} updates/s";

        string PerSecond(TrainingNumber number) => ReportText.Whole(Math.Floor((numbers[number] ?? 0) / seconds));
    }

    private static void Optional(MarkdownTable table, string name, double? value)
    {
        if (value is { } number)
        {
            table.Add(name, ReportText.Number(number));
        }
    }

    private static string Evaluation(RecordedEvaluation? evaluation)
    {
        if (evaluation is null)
        {
            return "The policy has not been evaluated after the run.\n";
        }

        var table = new MarkdownTable("statistic", "return");
        var summary = evaluation.Summary;
        table.Add("mean ± standard error", ReportText.WithError(summary.MeanReturn, summary.StandardError));
        foreach (var (number, value) in summary.Numbers.Where(n => n.Key.Label is not null && !IsInMean(n.Key)))
        {
            table.Add(number.Label!, value.ToString(number.Format, CultureInfo.InvariantCulture));
        }

        return $"Protocol: {evaluation.Protocol}.\n\n{table}";
    }

    private static bool IsInMean(TrainingNumber number) =>
        number.Equals(EvaluationNumbers.MeanReturn) || number.Equals(EvaluationNumbers.StandardError);

    private static string Settings(RunFile file)
    {
        if (SettingChanges.Of(file) is not { } changes)
        {
            return $"This version has no preset {file.Preset} to compare with; "
                + $"`{RunFile.FileName}` lists every setting.\n";
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
            table.Add(
                $"[{checkpoint.Folder}]({checkpoint.Folder})",
                ReportText.Whole(checkpoint.Steps),
                ReportText.Number(checkpoint.ValidationReturn));
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
