using DqnAspire.Benchmarks.Replay;
using DqnAspire.Benchmarks.Training;
using DqnAspire.Benchmarks.Wire;

namespace DqnAspire.Benchmarks.Tests;

public sealed class SuiteTests
{
    [Fact]
    public async Task TheWireSuite_MeasuresWhatItNames()
    {
        var results = await new WireSuite().RunAsync(withPeer: false, scale: 0.005, TestContext.Current.CancellationToken);

        Assert.Equal(["unary", "stream-1mib", "pingpong-7kib"], results.Select(r => r.Name));
        Assert.All(results, r => Assert.True(r.Value > 0));
    }

    [Fact]
    public async Task TheReplaySuite_MeasuresWhatItNames()
    {
        var results = await new ReplaySuite().RunAsync(withPeer: false, scale: 0.002, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "embedded-append", "embedded-sample-b32", "snapshot-longest-append", "embedded-1m-sample-b32", "embedded-1m-resident",
                "embedded-1m-reopen", "wire-sample-b32", "prioritized-1m-b32",
            ],
            results.Select(r => r.Name));
        Assert.All(results, r => Assert.True(r.Value > 0 || r.Name == "embedded-1m-resident", r.Name));
    }

    [Fact]
    public async Task TheTrainingSuite_MeasuresWhatItNames()
    {
        var results = await new TrainingSuite().RunAsync(withPeer: false, scale: 0.02, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "cartpole-dense-inprocess", "cartpole-dense-services", "step-env-round-trip", "env-steps-per-training-step",
                "step-replay-round-trip", "step-rest", "dense32x2-training-call", "dense32x2-update-b32", "dense32x2-act-b1", "frozenlake-tabular",
            ],
            results.Select(r => r.Name));
        Assert.All(results, r => Assert.True(r.Value > 0, r.Name));
    }

    [Fact]
    public async Task ASuite_EndsWhenItIsCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new WireSuite().RunAsync(withPeer: false, scale: 1, cancellation.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new TrainingSuite().RunAsync(withPeer: false, scale: 1, cancellation.Token));
    }

    [Fact]
    public async Task Median_LeavesOutTheWarmUpAndOutliers()
    {
        var figures = new Queue<double>([1000, 3, 1, 2, 900, 4]);

        Assert.Equal(3, await Measurement.MedianAsync(() => Task.FromResult(figures.Dequeue()), TestContext.Current.CancellationToken));
        Assert.Empty(figures);
        Assert.Equal(2.5, Measurement.Median([4, 1, 3, 2]));
    }

    [Fact]
    public async Task MedianNanoseconds_TellsTimesBelowAHundred()
    {
        var count = 0;

        var time = await Measurement.MedianNanosecondsAsync(1_000_000, () => count++, TestContext.Current.CancellationToken);

        Assert.Equal(6 * 200_000, count);
        Assert.InRange(time, double.Epsilon, 1000);
    }
}
