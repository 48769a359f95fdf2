using DqnAspire.Benchmarks.Preprocessing;
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
    public async Task ThePreprocessingSuite_MeasuresWhatItNames()
    {
        var results = await new PreprocessingSuite().RunAsync(withPeer: false, scale: 0.001, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "max-gray", "area84", "area84-rgb", "area84-single", "rgb-to-gray", "processframe84", "crop-rgb", "bicubic84-rgb", "bilinear84",
                "luma-signed84", "scale84", "breakout-single-frame-frame", "breakout-cropped-frame", "pong-handson-frame", "breakout-keras-frame",
                "nature-frame",
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
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new PreprocessingSuite().RunAsync(withPeer: false, scale: 1, cancellation.Token));
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
    public void FastestNanoseconds_LeavesOutSlowRounds()
    {
        var count = 0;

        var time = Measurement.FastestNanoseconds(
            1000,
            () =>
            {
                if (++count <= 500)
                {
                    Thread.SpinWait(1000);
                }
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(1000, count);
        Assert.InRange(time, double.Epsilon, 1000);
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
