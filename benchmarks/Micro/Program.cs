using BenchmarkDotNet.Running;
using DqnAspire.Benchmarks.Micro;

// dotnet run -c Release --project benchmarks/Micro -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(EmulatorBenchmarks).Assembly).Run(args, new MicroConfig());
