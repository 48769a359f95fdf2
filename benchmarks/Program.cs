using DqnAspire.Benchmarks;
using DqnAspire.Benchmarks.Emulator;
using DqnAspire.Benchmarks.Endurance;
using DqnAspire.Benchmarks.Environments;
using DqnAspire.Benchmarks.Network;
using DqnAspire.Benchmarks.Preprocessing;
using DqnAspire.Benchmarks.Replay;
using DqnAspire.Benchmarks.Training;
using DqnAspire.Benchmarks.Wire;

// The wire suite's server is a process of its own: this program again.
return args is [WireServer.Argument]
    ? await WireServer.RunAsync()
    : await CommandLine.InvokeAsync(
        args,
        [
            new WireSuite(), new EmulatorSuite(), new PreprocessingSuite(), new EnvironmentsSuite(), new ReplaySuite(), new NetworkSuite(),
            new TrainingSuite(), new EnduranceSuite(),
        ],
        Console.Error);
