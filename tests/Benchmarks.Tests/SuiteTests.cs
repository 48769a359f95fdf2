using DqnAspire.Benchmarks.Network;
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
    public async Task TheNetworkSuite_MeasuresWhatItNames()
    {
        var results = await new NetworkSuite().RunAsync(withPeer: false, scale: 0.01, TestContext.Current.CancellationToken);

        string[] figures =
            ["nature-update-b32", "nature-act-b1", "nature-act-b8", "dense32x2-update-b128", "nips-update-b32", "rainbow-update-b32"];
        Assert.Equal(
            new[] { "t1", "t2" }.SelectMany(threads =>
                figures.SelectMany(name => new[] { $"{name}-{threads}", $"{name}-{threads}-of-peak" }).Prepend($"multiply-add-peak-{threads}")),
            results.Select(r => r.Name));
        Assert.All(results, r => Assert.True(r.Value > 0, r.Name));
    }

    [Fact]
    public async Task ASuite_EndsWhenItIsCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new WireSuite().RunAsync(withPeer: false, scale: 1, cancellation.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new NetworkSuite().RunAsync(withPeer: false, scale: 1, cancellation.Token));
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
