using System.Diagnostics;
using DqnAspire.Atari2600.Cartridges;
using DqnAspire.AtariTraces.Cartridges;
using DqnAspire.Environments.Atari.Cartridges;

namespace DqnAspire.Benchmarks.Emulator;

/// <summary>
/// The Atari console alone: frames a second of each cartridge that is at hand, by one thread. Every round plays the
/// same frames from the start of the game.
/// </summary>
/// <param name="cartridges">
/// The cartridges, files that are none among them are passed over; null for those of this machine.
/// </param>
public sealed class EmulatorSuite(CartridgeShelf? cartridges = null) : ISuite
{
    private const int FramesPerRound = 4_000;
    private const int AllocationPasses = 4;
    private const int MinFramesPerRound = 40;

    /// <inheritdoc/>
    public string Name => "emulator";

    /// <inheritdoc/>
    /// <remarks>The peer's figures are recorded ones, shown whether or not they are asked for.</remarks>
    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(
        bool withPeer, double scale, CancellationToken cancellationToken)
    {
        var frames = Math.Max(MinFramesPerRound, (int)(FramesPerRound * scale));
        var shelf = cartridges ?? TraceCartridges.OfThisMachine();
        ScriptedConsole[] consoles = [.. shelf.Images.Select(TryCreate).OfType<ScriptedConsole>()];
        WarmUp(consoles, frames, cancellationToken);

        var act = await RatesAsync("act", consoles, console => console.Act(frames), frames, "frames/s", AleFigures.Act)
            .ConfigureAwait(false);
        var screen = await RatesAsync("screen", consoles, console => console.Watch(frames), frames, "frames/s", null)
            .ConfigureAwait(false);
        var steps = frames / ScriptedConsole.FramesPerStep;
        var repeat = await RatesAsync(
            "repeat4", consoles, console => console.Repeat(steps), steps, "steps/s",
            AleFigures.Repeat4).ConfigureAwait(false);
        return
        [
            .. act,
            GeometricMean("act-geomean", act),
            .. screen,
            .. repeat,
            GeometricMean("repeat4-geomean", repeat),
            new BenchmarkResult("allocated", AllocatedBytesPerFrame(consoles, frames), "bytes/frame"),
            await MicrosecondsAsync("save", consoles[0].Save).ConfigureAwait(false),
            await MicrosecondsAsync("restore", consoles[0].Restore).ConfigureAwait(false),
            await new TwoThreads(frames).MeasureAsync(cancellationToken).ConfigureAwait(false),
        ];

        async Task<BenchmarkResult> MicrosecondsAsync(string name, Action call) => new(
            name, await Measurement.MedianNanosecondsAsync(5 * frames, call, cancellationToken)
                .ConfigureAwait(false) / 1000, "us");

        async Task<IReadOnlyList<BenchmarkResult>> RatesAsync(
            string name,
            IEnumerable<ScriptedConsole> players,
            Action<ScriptedConsole> play,
            int count,
            string unit,
            Func<string, double?>? peer)
        {
            var results = new List<BenchmarkResult>();
            foreach (var console in players)
            {
                var rate = await Measurement.MedianAsync(
                    () => Task.FromResult(Rate(console, play, count)), cancellationToken).ConfigureAwait(false);
                var peerRate = peer?.Invoke(console.Image.Checksum);
                results.Add(new BenchmarkResult(
                    $"{name}-{console.Image.Name}", rate, unit, peerRate is null ? null : AleFigures.Name, peerRate));
            }

            return results;
        }
    }

    /// <summary>The geometric mean over the cartridges that the peer has a figure of.</summary>
    private static BenchmarkResult GeometricMean(string name, IEnumerable<BenchmarkResult> results)
    {
        BenchmarkResult[] compared = [.. results.Where(result => result.PeerValue is not null)];
        return new BenchmarkResult(
            name,
            Mean(compared.Select(result => result.Value)),
            compared[0].Unit,
            compared.Length == AleFigures.Count
                ? AleFigures.Name
                : $"{AleFigures.Name}, {compared.Length} of {AleFigures.Count}",
            Mean(compared.Select(result => result.PeerValue!.Value)));

        static double Mean(IEnumerable<double> values) => Math.Exp(values.Average(Math.Log));
    }

    private static double Rate(ScriptedConsole console, Action<ScriptedConsole> play, int count)
    {
        console.Rewind();
        var started = Stopwatch.GetTimestamp();
        play(console);
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>The same code runs every cartridge: it is compiled for all of them before any is measured.</summary>
    private static void WarmUp(IEnumerable<ScriptedConsole> consoles, int frames, CancellationToken cancellationToken)
    {
        foreach (var console in consoles)
        {
            cancellationToken.ThrowIfCancellationRequested();
            console.Act(frames / 2);
            console.Watch(frames / 2);
        }
    }

    /// <summary>
    /// The least of some passes: code that turns hot in one of them is translated there, once, which allocates.
    /// </summary>
    private static double AllocatedBytesPerFrame(ScriptedConsole[] consoles, int frames) =>
        Enumerable.Range(0, AllocationPasses).Min(_ => AllocatedBytesPerFrameOnce(consoles, frames));

    private static double AllocatedBytesPerFrameOnce(ScriptedConsole[] consoles, int frames)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var console in consoles)
        {
            console.Act(frames);
            console.Watch(frames);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (2.0 * frames * consoles.Length);
    }

    private static ScriptedConsole? TryCreate(CartridgeImage image)
    {
        try
        {
            return new ScriptedConsole(image);
        }
        catch (CartridgeException)
        {
            return null;
        }
    }
}
