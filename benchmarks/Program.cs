using DqnAspire.Benchmarks;
using DqnAspire.Benchmarks.Acting;
using DqnAspire.Benchmarks.Emulator;
using DqnAspire.Benchmarks.Endurance;
using DqnAspire.Benchmarks.Environments;
using DqnAspire.Benchmarks.Network;
using DqnAspire.Benchmarks.Preprocessing;
using DqnAspire.Benchmarks.Replay;
using DqnAspire.Benchmarks.Training;

return await CommandLine.InvokeAsync(
    args,
    [
        new EmulatorSuite(),
        new PreprocessingSuite(),
        new EnvironmentsSuite(),
        new ReplaySuite(),
        new NetworkSuite(),
        new TrainingSuite(),
        new ActSuite(),
        new EnduranceSuite(),
    ],
    Console.Error,
    OptimizedBuild.Problem());
