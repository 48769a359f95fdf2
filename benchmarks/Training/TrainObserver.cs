using System.Globalization;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Runs;

namespace DqnAspire.Benchmarks.Training;

/// <summary>Writes a run's progress to the terminal, a line every few seconds, and its log to its folder.</summary>
internal sealed class TrainObserver(RunDirectory? directory) : ITrainingObserver
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private TimeSpan _written;

    public TrainingProgress Last { get; private set; } = new();

    /// <summary>The newest policy, which goes on learning while the run does.</summary>
    public IPolicy? Policy { get; private set; }

    public void OnProgress(TrainingProgress progress)
    {
        if (progress.Summary.Length > 0 && Last.Summary.Length == 0)
        {
            Console.WriteLine(progress.Summary);
        }

        Last = progress;
        if (progress.Elapsed - _written >= Period)
        {
            _written = progress.Elapsed;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{progress.Elapsed.TotalSeconds,6:0} s  step {progress.Steps,9:N0}  episodes {progress.Episodes,6:N0}  mean100 {progress.MeanReturn100,8:0.00}  validation {progress.ValidationReturn,8:0.00}  loss {progress.Loss,9:0.00000}  epsilon {progress.Epsilon:0.000}  {progress.StepsPerSecond,6:0} steps/s  {progress.UpdatesPerSecond,5:0} updates/s"));
        }
    }

    public void OnRecord(LogRecord record) => directory?.Append(record);

    public void OnParameters(IPolicy policy, long steps, bool best)
    {
        Policy = policy;
        if (best)
        {
            directory?.SaveBest(policy, steps, Last.BestValidationReturn);
        }
    }

    public void OnCheckpoint(Checkpoint checkpoint)
    {
        // A run in this process is short; the services' runs are those that resume.
    }
}
