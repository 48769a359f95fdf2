using DqnAspire.AtariTraces.Cartridges;
using DqnAspire.Benchmarks.Emulator;
using DqnAspire.Benchmarks.Endurance;
using DqnAspire.Benchmarks.Network;
using DqnAspire.Benchmarks.Preprocessing;
using DqnAspire.Benchmarks.Replay;
using DqnAspire.Benchmarks.Training;

namespace DqnAspire.Benchmarks.Tests;

public sealed class SuiteTests
{
    [Fact]
    public async Task TheReplaySuite_MeasuresWhatItNames()
    {
        var results = await new ReplaySuite().RunAsync(
            withPeer: false, scale: 0.002, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "embedded-append", "embedded-sample-b32", "snapshot-longest-append", "embedded-1m-sample-b32",
                "embedded-1m-resident",
                "embedded-1m-reopen", "wire-sample-b32", "prioritized-1m-b32",
            ],
            results.Select(r => r.Name).Where(name => !name.StartsWith("redis-", StringComparison.Ordinal)));
        Assert.All(results, r => Assert.True(r.Value > 0 || r.Name == "embedded-1m-resident", r.Name));
        string[] redis = ["redis-append", "redis-sample-b32", "redis-cold-sample-b32", "redis-compression"];
        var installed = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(
            folder => File.Exists(Path.Combine(folder, "redis-server")));
        Assert.All(redis, name => Assert.Equal(installed, results.Any(r => r.Name == name)));
    }

    [Fact]
    public async Task TheTrainingSuite_MeasuresWhatItNames()
    {
        var results = await new TrainingSuite().RunAsync(
            withPeer: false, scale: 0.02, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "cartpole-dense-inprocess", "cartpole-dense-services", "step-env-round-trip",
                "env-steps-per-training-step",
                "step-replay-round-trip", "step-rest", "dense32x2-training-call", "dense32x2-update-b32",
                "dense32x2-act-b1", "frozenlake-tabular",
                "nature-bricks-inprocess", "nature-bricks-inprocess-concurrent", "nature-bricks-services",
                "nature-bricks-services-concurrent",
                "nature-step-env-round-trip", "nature-step-replay-round-trip", "nature-step-rest",
            ],
            results.Select(r => r.Name));
        Assert.All(results, r => Assert.True(r.Value > 0, r.Name));
    }

    [Fact]
    public async Task TheEnduranceSuite_MeasuresWhatItNames()
    {
        var results = await new EnduranceSuite().RunAsync(
            withPeer: false, scale: 0.02, TestContext.Current.CancellationToken);

        Assert.Equal(
            ["endurance-env", "endurance-replay", "endurance-learner", "endurance-eval", "endurance-steps"],
            results.Select(r => r.Name));
        Assert.All(results, r => Assert.True(r.Value > 0, r.Name));
    }

    [Fact]
    public async Task TheEmulatorSuite_MeasuresWhatItNames()
    {
        var shelf = TraceCartridges.With();

        var results = await new EmulatorSuite(shelf).RunAsync(
            withPeer: false, scale: 0.01, TestContext.Current.CancellationToken);

        var names = shelf.Images.Select(image => image.Name).ToArray();
        Assert.Equal(
            [
                .. names.Select(name => $"act-{name}"), "act-geomean", .. names.Select(name => $"screen-{name}"),
                .. names.Select(name => $"repeat4-{name}"), "repeat4-geomean", "allocated", "save", "restore",
                "two-threads",
            ],
            results.Select(r => r.Name));
        Assert.Equal(0, results.Single(r => r.Name == "allocated").Value);
        Assert.All(results.Where(r => r.Name != "allocated"), r => Assert.True(r.Value > 0, r.Name));
    }

    /// <summary>The two cartridges that every machine has and ALE has a figure of: padball and tiafuzz_a.</summary>
    [Fact]
    public async Task TheEmulatorSuite_ShowsRecordedFiguresOfItsPeer()
    {
        var results = await new EmulatorSuite(TraceCartridges.With()).RunAsync(
            withPeer: false, scale: 0.01, TestContext.Current.CancellationToken);

        var peers = results.Where(r => r.PeerValue is not null).ToDictionary(
            r => r.Name, r => (r.Peer, r.PeerValue!.Value));
        Assert.Equal(("ALE (recorded)", 21_378), peers["act-padball"]);
        Assert.Equal(("ALE (recorded)", 8_075 / 4.0), peers["repeat4-tiafuzz_a"]);
        Assert.Equal("ALE (recorded), 2 of 5", peers["act-geomean"].Peer);
        Assert.Equal(Math.Sqrt(21_378.0 * 8_075), peers["act-geomean"].Value, 1e-6);
        var act = results.ToDictionary(r => r.Name, r => r.Value);
        Assert.Equal(Math.Sqrt(act["act-padball"] * act["act-tiafuzz_a"]), act["act-geomean"], 1e-6);
    }

    [Fact]
    public async Task TheNetworkSuite_MeasuresWhatItNames()
    {
        var results = await new NetworkSuite().RunAsync(
            withPeer: false, scale: 0.01, TestContext.Current.CancellationToken);

        string[] figures =
            ["nature-update-b32", "nature-act-b1", "nature-act-b8", "dense32x2-update-b128", "nips-update-b32",
                "rainbow-update-b32"];
        Assert.Equal(
            new[] { "t1", "t2" }.SelectMany(threads =>
                figures.SelectMany(name => new[] { $"{name}-{threads}", $"{name}-{threads}-of-peak" })
                    .Prepend($"multiply-add-peak-{threads}")),
            results.Select(r => r.Name));
        Assert.All(results, r => Assert.True(r.Value > 0, r.Name));
    }

    [Fact]
    public async Task ThePreprocessingSuite_MeasuresWhatItNames()
    {
        var results = await new PreprocessingSuite().RunAsync(
            withPeer: false, scale: 0.001, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "max-gray", "area84", "area84-rgb", "rgb-to-gray", "processframe84", "crop-rgb",
                "bicubic84-rgb", "bilinear84",
                "luma-signed84", "scale84", "breakout-single-frame-frame", "breakout-cropped-frame",
                "pong-handson-frame", "breakout-keras-frame",
                "nature-frame", "steps-bricks", "steps-volley", "lanes8-bricks-inprocess", "lanes8-bricks-service",
                "lanes8-bricks-service-idle",
                "lanes8-volley-inprocess", "lanes8-volley-service", "lanes8-volley-service-idle",
            ],
            results.Select(r => r.Name));
        Assert.All(results, r => Assert.True(r.Value > 0, r.Name));
    }

    [Fact]
    public async Task ASuite_EndsWhenItIsCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new NetworkSuite().RunAsync(withPeer: false, scale: 1, cancellation.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new TrainingSuite().RunAsync(withPeer: false, scale: 1, cancellation.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new EmulatorSuite().RunAsync(withPeer: false, scale: 1, cancellation.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new PreprocessingSuite().RunAsync(withPeer: false, scale: 1, cancellation.Token));
    }

    [Fact]
    public async Task Median_LeavesOutTheWarmUpAndOutliers()
    {
        var figures = new Queue<double>([1000, 3, 1, 2, 900, 4]);

        Assert.Equal(
            3, await Measurement.MedianAsync(
                () => Task.FromResult(figures.Dequeue()), TestContext.Current.CancellationToken));
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

        var time = await Measurement.MedianNanosecondsAsync(
            1_000_000, () => count++, TestContext.Current.CancellationToken);

        Assert.Equal(6 * 200_000, count);
        Assert.InRange(time, double.Epsilon, 1000);
    }
}
