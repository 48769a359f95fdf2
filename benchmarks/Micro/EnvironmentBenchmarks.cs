using BenchmarkDotNet.Attributes;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;

namespace DqnAspire.Benchmarks.Micro;

/// <summary>One step of an environment with random actions, resets included.</summary>
public class EnvironmentBenchmarks
{
    private const int Steps = 1_000;

    private readonly int[] _actions = new int[Steps];
    private IEnvironment _environment = null!;
    private byte[] _observation = [];

    /// <summary>An environment's identifier.</summary>
    [Params("CartPole-v1", "FrozenLake-v1", "LunarLander-v3")]
    public string Id { get; set; } = "";

    /// <summary>Opens the environment and draws the actions.</summary>
    [GlobalSetup]
    public void Open()
    {
        _environment = BuiltInEnvironments.Registry.Create(Id);
        _observation = new byte[_environment.ObservationSpace.ByteCount];
        var random = new Random(1);
        foreach (ref var action in _actions.AsSpan())
        {
            action = random.Next(_environment.ActionSpace.Count);
        }
    }

    /// <summary>A step.</summary>
    [Benchmark(OperationsPerInvoke = Steps)]
    public void Step()
    {
        _environment.Reset(1, _observation);
        foreach (var action in _actions)
        {
            if (_environment.Step(action, _observation).Ended)
            {
                _environment.Reset(null, _observation);
            }
        }
    }
}
