using DqnAspire.Agents.Training;
using DqnAspire.LearnerService;
using Microsoft.Extensions.Logging;

namespace DqnAspire.Services.Tests;

/// <summary>What a run's log says between its start and its end.</summary>
public sealed class ProgressLogTests : IDisposable
{
    private readonly RecordedLog _log = new();
    private readonly SetClock _clock = new();
    private readonly ProgressLog _progress;

    public ProgressLogTests() => _progress = new ProgressLog("run-1", _log.CreateLogger("run"), _clock);

    [Fact]
    public void OnceAMinute_ItSaysWhereTheRunStands()
    {
        var now = new TrainingProgress
        {
            Steps = 12_345,
            Episodes = 67,
            StepsPerSecond = 890.4,
            MeanReturn100 = 123.456,
            BestValidationReturn = 200,
            Loss = 0.0123456,
        };
        for (var second = 0; second < 179; second++)
        {
            _clock.Now += TimeSpan.FromSeconds(1);
            _progress.OnProgress(new TrainingProgress(), now);
        }

        Assert.Equal(
            Enumerable.Repeat(
                "Run run-1: step 12,345, 67 episodes, 890 steps/s, mean return of the last 100 123.46, best score 200, "
                + "loss 0.01235.",
                2),
            _log.Entries.Select(e => e.Message));
    }

    [Fact]
    public void NumbersThatARunDoesNotHaveYet_AreNotMadeUp()
    {
        _clock.Now += TimeSpan.FromMinutes(1);
        _progress.OnProgress(new TrainingProgress(), new TrainingProgress { Steps = 5 });

        Assert.Equal(
            "Run run-1: step 5, 0 episodes, 0 steps/s, mean return of the last 100 none yet, best score none yet, "
            + "loss none yet.",
            Assert.Single(_log.Entries).Message);
    }

    [Fact]
    public void EveryBestValidation_HasALine_AndOthersEveryTenSeconds()
    {
        // As a run that is resumed does before its first validation.
        _progress.OnProgress(new TrainingProgress(), new TrainingProgress { BestValidationReturn = 10 });
        foreach (var (
            second, score) in new[] { (0, 9.0), (1, 8.0), (2, 12.5), (3, 11.0), (12, 11.5), (13, 12.5), (14, 13.0) })
        {
            _clock.Now = TimeSpan.FromSeconds(second);
            _progress.OnRecord(Record(second, score));
        }

        Assert.Equal(
            [
                "Run run-1: validation 9 at step 0; the best was 10.",
                "Run run-1: validation 12.5 at step 2, the best so far.",
                "Run run-1: validation 11.5 at step 12; the best was 12.5.",
                "Run run-1: validation 13 at step 14, the best so far.",
            ],
            _log.Entries.Select(e => e.Message));
    }

    [Fact]
    public void ACheckpoint_HasALine_AndAnEpisodeThatWasNotValidatedHasNone()
    {
        _progress.OnRecord(Record(3, validation: null));
        _progress.OnCheckpoint(new TrainingProgress { Steps = 50_000 });

        Assert.Equal(
            (LogLevel.Information, "Run run-1: checkpoint of step 50,000."),
            Assert.Single(_log.Entries.Select(e => (e.Level, e.Message))));
    }

    public void Dispose() => _log.Dispose();

    private static LogRecord Record(long steps, double? validation) =>
        new("episode", 1, steps) { Return = 1, ValidationReturn = validation, Elapsed = TimeSpan.Zero };

    private sealed class SetClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
