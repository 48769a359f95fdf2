using System.Diagnostics;
using DqnAspire.AtariTraces.Cartridges;
using DqnAspire.Environments.Atari.Cartridges;

namespace DqnAspire.Benchmarks.Emulator;

/// <summary>What two threads with a console each do together, against one thread.</summary>
/// <param name="frames">Frames that each plays in a round.</param>
internal sealed class TwoThreads(int frames)
{
    /// <summary>A game that every machine has.</summary>
    private static readonly CartridgeImage Cartridge = VerificationCartridges.All.First(
        image => AleFigures.Act(image.Checksum) is not null);

    private readonly ScriptedConsole[] _consoles = [new(Cartridge), new(Cartridge)];

    public async Task<BenchmarkResult> MeasureAsync(CancellationToken cancellationToken)
    {
        var one = await Measurement.MedianAsync(() => Task.FromResult(Rate(1)), cancellationToken)
            .ConfigureAwait(false);
        var two = await Measurement.MedianAsync(() => Task.FromResult(Rate(2)), cancellationToken)
            .ConfigureAwait(false);
        return new BenchmarkResult("two-threads", two, "frames/s", "one thread", one);
    }

    private double Rate(int count)
    {
        using var start = new Barrier(count + 1);
        var threads = new Thread[count];
        for (var i = 0; i < count; i++)
        {
            var console = _consoles[i];
            console.Rewind();
            threads[i] = new Thread(() =>
            {
                start.SignalAndWait();
                console.Act(frames);
            });
            threads[i].Start();
        }

        start.SignalAndWait();
        var started = Stopwatch.GetTimestamp();
        foreach (var thread in threads)
        {
            thread.Join();
        }

        return (double)count * frames / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
