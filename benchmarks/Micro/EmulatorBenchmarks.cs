using BenchmarkDotNet.Attributes;
using DqnAspire.Atari2600;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Snapshots;
using DqnAspire.AtariTraces.Cartridges;
using DqnAspire.AtariTraces.Recording;

namespace DqnAspire.Benchmarks.Micro;

/// <summary>One frame of the console, the same frames of the same game every time; and its snapshots.</summary>
public class EmulatorBenchmarks
{
    private const int Frames = 512;

    private readonly AtariAction[] _actions = new AtariAction[Frames];
    private AtariConsole _console = null!;
    private ConsoleSnapshot _start = null!;
    private ConsoleSnapshot _scratch = null!;

    /// <summary>A cartridge of the library of traces.</summary>
    [Params("tiafuzz_a", "bank_f8")]
    public string Cartridge { get; set; } = "";

    /// <summary>Runs a game until its code is translated.</summary>
    [GlobalSetup]
    public void Start()
    {
        var script = ActionScript.Parse("lcg1", 4);
        foreach (ref var action in _actions.AsSpan())
        {
            action = (AtariAction)script.Next();
        }

        var image = VerificationCartridges.All.Single(cartridge => cartridge.Name == Cartridge);
        _console = new AtariConsole(image.Bytes);
        _console.Reset();
        _start = _console.Save();
        _scratch = _console.Save();
        for (var round = 0; round < 8; round++)
        {
            Play(draw: true);
        }
    }

    /// <summary>A frame without its picture.</summary>
    [Benchmark(OperationsPerInvoke = Frames)]
    public int Act() => Play(draw: false);

    /// <summary>A frame with its picture.</summary>
    [Benchmark(OperationsPerInvoke = Frames)]
    public int Draw() => Play(draw: true);

    /// <summary>Saves into an old snapshot.</summary>
    [Benchmark]
    public void Save() => _console.Save(_scratch);

    /// <summary>Restores a snapshot.</summary>
    [Benchmark]
    public void Restore() => _console.Restore(_start);

    private int Play(bool draw)
    {
        _console.Restore(_start);
        foreach (var action in _actions)
        {
            _console.Step(action.ToInput(), draw: draw);
        }

        return _console.Cycles;
    }
}
