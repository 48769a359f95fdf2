using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Training;
using DqnAspire.Runs.Records;

namespace DqnAspire.Runs.Tests.Reports;

/// <summary>Folders of runs as LearnerService leaves them, without the training.</summary>
internal sealed class RunFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("dqn-runs-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    public string Write(int seed, double[] returns, double? evaluation = null, params (string Name, string Value)[] settings)
    {
        var changes = settings.Append(("Run:Seed", $"{seed}")).Select(s => KeyValuePair.Create(s.Item1, s.Item2));
        var path = Path.Combine(_root, $"run-{seed}");
        using var directory = RunDirectory.Create(path, $"run-{seed}", PresetCatalog.Resolve("cartpole-dense", changes));
        for (var i = 0; i < returns.Length; i++)
        {
            directory.Append(new LogRecord("episode", i + 1, (i + 1) * 100)
            {
                Return = returns[i],
                ActionCounts = [75, 25],
                Elapsed = TimeSpan.FromSeconds(i),
            });
        }

        var policy = new TablePolicy(2, 2);
        directory.SaveBest(policy, 200, 9.5);
        directory.SaveLast(policy, 1000);
        directory.SaveLast(policy, 300);
        directory.DrawCurve();
        directory.WriteState(
            RunState.Solved,
            new TrainingProgress
            {
                Summary = "CartPole-v1\nlayer | shape",
                Steps = 1000,
                Episodes = returns.Length,
                Updates = 500,
                MeanReturn100 = returns.Average(),
                GoalReturn = 450,
                Elapsed = TimeSpan.FromSeconds(4),
            },
            null);
        directory.WriteReport();
        if (evaluation is { } mean)
        {
            new RecordedEvaluation
            {
                Protocol = $"greedy play, 20 episodes, reset seeds {seed}..{seed + 19}",
                Episodes = 20,
                MeanReturn = mean,
                StandardError = 0.5,
                MedianReturn = mean + 1,
                InterquartileMeanReturn = mean + 2,
                MinReturn = mean - 9,
                MaxReturn = mean + 9,
            }.Write(path);
        }

        return path;
    }
}
