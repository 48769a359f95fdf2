using DqnAspire.Agents.Training;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Reports;

namespace DqnAspire.Runs.Tests.Reports;

public sealed class RunReportTests : IDisposable
{
    private readonly RunFolder _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void AFolder_IsReadAsItWasWritten()
    {
        var run = RecordedRun.Read(_runs.Write(7, [1, 2, 3], evaluation: 480));

        Assert.Equal(
            ("run-7", "cartpole-dense", 7UL, RunState.Solved),
            (run.File.RunId, run.File.Preset, run.File.Seed, run.File.State));
        Assert.Equal("CartPole-v1", run.File.Settings["Environment:Id"]);
        Assert.Equal([1, 2, 3], run.Records.Select(r => r.Return!.Value));
        Assert.Equal(480, run.Evaluation!.Summary.MeanReturn);
        Assert.Equal(
            [new RecordedPolicy("best", 200, 9.5, "table 2x2"), new("checkpoints/300", 300, null, "table 2x2"), new(
                "checkpoints/1000", 1000, null, "table 2x2")],
            run.Policies);
    }

    [Fact]
    public void Report_ShowsTheNewestGif_AndListsTheOthers()
    {
        var folder = _runs.Write(7, [1, 2, 3]);
        Directory.CreateDirectory(Path.Combine(folder, RunLayout.Recordings));
        Write("step-3000-seed-9.gif", 3000, 9, 12.5);
        Write("step-1000-seed-8.mp4", 1000, 8, 3);
        File.WriteAllText(Path.Combine(folder, RunLayout.Recordings, "other.json"), "[]");

        var report = File.ReadAllText(RunReport.Write(folder)).Split('\n');

        string[] lines =
        [
            "![An episode of the policy after 3,000 agent steps](recordings/step-3000-seed-9.gif)",
            "| [step-1000-seed-8.mp4](recordings/step-1000-seed-8.mp4) | 1,000 | 8 | 3 | 1 |",
            "| [step-3000-seed-9.gif](recordings/step-3000-seed-9.gif) | 3,000 | 9 | 12.5 | 1 |",
            "`dqn play recordings/step-3000-seed-9.gif.json` plays it again.",
        ];
        Assert.All(lines, line => Assert.Contains(line, report));

        void Write(string name, long steps, ulong seed, double reward) => new RecordedFilm
        {
            Pictures = name,
            Steps = steps,
            Environment = "CartPole-v1",
            Seed = seed,
            Episodes = [FilmedEpisode.Of(seed, Core.StepFlags.Terminated, [1], [reward], [0])],
        }.Write(RecordedFilm.PathFor(Path.Combine(folder, RunLayout.Recordings, name)));
    }

    [Fact]
    public void Report_SaysWhatTheRunWasAndCameTo()
    {
        var folder = _runs.Write(7, [1, 2, 3], evaluation: 480, ("Agent:Gamma", "0.9"));

        var report = File.ReadAllText(RunReport.Write(folder));

        string[] lines =
        [
            "# cartpole-dense, seed 7: solved",
            "| environment | CartPole-v1 |",
            "| agent steps | 1,000 |",
            "| mean return of the last 100 episodes | 2 |",
            "| goal | 450 |",
            "| wall time | 4.0 s |",
            "| throughput | 250 steps/s, 125 updates/s |",
            "Protocol: greedy play, 20 episodes, reset seeds 7..26.",
            "| mean ± standard error | 480 ± 0.5 |",
            "| interquartile mean | 482 |",
            "![Returns and losses over agent steps](curve.svg)",
            "| `Agent:Gamma` | 0.99 | 0.9 |",
            "layer | shape",
            "| 0 | 225 | 75.0 % | 75.0 % |",
            "| 1 | 75 | 25.0 % | 25.0 % |",
            "| [best](best) | 200 | 9.5 |",
            "| [checkpoints/1000](checkpoints/1000) | 1,000 |  |",
            $"| Environment | {new SeedStreams(7).Environment} |",
        ];
        Assert.All(lines, line => Assert.Contains(line, report.Split('\n')));
        Assert.DoesNotContain("Run:Seed", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_AtTheRunsEnd_KnowsOfNoEvaluation()
    {
        var report = File.ReadAllText(Path.Combine(_runs.Write(1, [1]), RunReport.FileName));

        Assert.Contains("has not been evaluated", report, StringComparison.Ordinal);
        Assert.Contains("All as preset cartpole-dense has them", report, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderOfSomethingElse_IsNamed()
    {
        var folder = _runs.Write(1, [1]);
        File.WriteAllText(Path.Combine(folder, RunFile.FileName), "{\"preset\": 1}");

        Assert.Contains(
            folder,
            Assert.Throws<RunDirectoryException>(() => RecordedRun.Read(folder)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "absent",
            Assert.Throws<RunDirectoryException>(() => RecordedRun.Read(folder + "-absent")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Comparison_HasARowARun_AndTheStatisticsOverSeeds()
    {
        // Interquartile mean of 100, 400, 420, 900: the middle two.
        var runs = new[] { 100.0, 400, 420, 900 }.Select(
            (mean, i) => RecordedRun.Read(_runs.Write(i + 1, [1, 2], mean))).ToList();

        var comparison = new RunComparison(runs);

        Assert.Equal(
            ["run-1", "cartpole-dense", "1", "solved", "2", "1,000", "4.0 s", "1.5", "", "100 ± 0.5"],
            comparison.Rows.First());
        var summary = Assert.Single(comparison.Summaries);
        Assert.Equal(["cartpole-dense", "4", "4", "evaluation", "455", "410", "410"], summary.Take(7));
        Assert.Matches(@"^\d+(\.\d+)? to \d+(\.\d+)?$", summary[7]);
        Assert.Equal("cartpole-dense was evaluated by greedy play, 20 episodes.", Assert.Single(comparison.Protocols));
        Assert.Contains("| run-1 | cartpole-dense | 1 | solved |", comparison.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Comparison_WithARunThatWasNotEvaluated_UsesTraining()
    {
        var runs = new[] { RecordedRun.Read(_runs.Write(1, [1, 3], 100)), RecordedRun.Read(_runs.Write(2, [4, 4])) };

        Assert.Equal(
            ["cartpole-dense", "2", "2", "mean of last 100", "3", "3", "3"],
            new RunComparison(runs).Summaries.Single().Take(7));
    }
}
