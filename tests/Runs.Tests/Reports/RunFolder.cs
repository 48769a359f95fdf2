using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Training;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Parameters;
using DqnAspire.Runs.Records;

namespace DqnAspire.Runs.Tests.Reports;

/// <summary>Folders of runs as LearnerService leaves them, without the training.</summary>
internal sealed class RunFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("dqn-runs-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    public string Write(
        int seed, double[] returns, double? evaluation = null, params (string Name, string Value)[] settings)
    {
        var changes = settings.Append(("Run:Seed", $"{seed}")).Select(s => KeyValuePair.Create(s.Item1, s.Item2));
        var path = Path.Combine(_root, $"run-{seed}");
        using var directory = RunWriter.Create(
            path, $"run-{seed}", PresetCatalog.BuiltIn.Resolve("cartpole-dense", changes));
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
        directory.SaveBest(PublishedParameters.Of(policy, 200), 9.5);
        directory.SaveLast(PublishedParameters.Of(policy, 1000));
        directory.SaveLast(PublishedParameters.Of(policy, 300));
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
            var numbers = NumberSet.Empty
                .With(EvaluationNumbers.Episodes, 20)
                .With(EvaluationNumbers.MeanReturn, mean)
                .With(EvaluationNumbers.StandardError, 0.5)
                .With(EvaluationNumbers.MedianReturn, mean + 1)
                .With(EvaluationNumbers.InterquartileMeanReturn, mean + 2)
                .With(EvaluationNumbers.MinReturn, mean - 9)
                .With(EvaluationNumbers.MaxReturn, mean + 9);
            new RecordedEvaluation(
                $"greedy play, 20 episodes, reset seeds {seed}..{seed + 19}",
                new EvaluationSummary(numbers)).Write(path);
        }

        return path;
    }
}
