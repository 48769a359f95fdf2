using System.Diagnostics.Metrics;
using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Training;
using DqnAspire.Core;
using DqnAspire.EnvService;
using DqnAspire.EvalService;
using DqnAspire.LearnerService;
using DqnAspire.ReplayService;
using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.Services.Tests;

/// <summary>Every histogram of the services has buckets of its own kind; returns are told apart by them.</summary>
public sealed class MeasuredSpreadTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly List<Instrument> _histograms = [];
    private readonly List<double> _returns = [];
    private readonly IMeterFactory _meters;

    public MeasuredSpreadTests()
    {
        _meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == _meters
                && instrument.GetType().GetGenericTypeDefinition() == typeof(Histogram<>))
            {
                _histograms.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
        {
            if (instrument.Name.EndsWith(".return", StringComparison.Ordinal))
            {
                _returns.Add(value);
            }
        });
        _listener.Start();
    }

    [Fact]
    public void EveryHistogram_HasBucketsOfItsOwn()
    {
        _ = (
            new EnvMetrics(_meters), new ReplayMetrics(_meters), new LearnerMetrics(_meters), new EvalMetrics(_meters));

        Assert.Equal(
            [
                "dqn.env.step.duration",
                "dqn.eval.episode.length", "dqn.eval.episode.return",
                "dqn.learner.episode.length", "dqn.learner.episode.return", "dqn.learner.loss",
                "dqn.replay.append.duration", "dqn.replay.sample.age", "dqn.replay.sample.duration",
                "dqn.replay.sample.wait", "dqn.replay.times_sampled",
            ],
            _histograms.Select(h => h.Name).Order(StringComparer.Ordinal));
        Assert.All(_histograms, histogram => Assert.True(Bounds(histogram).Length > 0, histogram.Name));
    }

    [Fact]
    public void ReturnsOfVolley_DoNotAllFallIntoOneBucket()
    {
        var (learner, evaluation) = (new LearnerMetrics(_meters), new EvalMetrics(_meters));
        for (var points = -21; points <= 21; points += 3)
        {
            learner.OnRecord(new LogRecord("episode", 1, 1) { Return = points, Elapsed = TimeSpan.Zero });
            evaluation.EpisodePlayed(
                "Volley-v1", new EpisodeResult(0, 0, points, 1, TimeSpan.Zero, StepFlags.Terminated));
        }

        Assert.Equal(30, _returns.Count);
        foreach (var histogram in _histograms.Where(h => h.Name.EndsWith(".return", StringComparison.Ordinal)))
        {
            Assert.True(
                _returns.Select(value => Bounds(histogram).Count(bound => bound < value)).Distinct().Count() >= 12,
                histogram.Name);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    private static double[] Bounds(Instrument histogram) => histogram switch
    {
        Histogram<double> h => [.. h.Advice!.HistogramBucketBoundaries!],
        Histogram<long> h => [.. h.Advice!.HistogramBucketBoundaries!.Select(bound => (double)bound)],
        _ => [],
    };
}
