using System.Diagnostics;
using System.Reflection;
using DqnAspire.Agents.Dqn;
using DqnAspire.Atari2600;
using DqnAspire.Environments;
using DqnAspire.NeuralNetworks;

namespace DqnAspire.Benchmarks;

/// <summary>Figures of a build without the optimiser say nothing.</summary>
public static class OptimizedBuild
{
    /// <summary>Why nothing should be measured, or null.</summary>
    public static string? Problem() =>
        Problem(
        [
            typeof(OptimizedBuild).Assembly,
            typeof(AtariConsole).Assembly,
            typeof(IEnvironment).Assembly,
            typeof(DeepQLearning).Assembly,
            typeof(ManagedBackend).Assembly,
        ]);

    /// <summary>Why nothing should be measured, or null.</summary>
    /// <param name="assemblies">What will be measured.</param>
    public static string? Problem(IEnumerable<Assembly> assemblies) =>
        assemblies.FirstOrDefault(IsUnoptimized) is { } assembly
            ? $"{assembly.GetName().Name} was built without optimisation; its figures would mean nothing. "
                + "Use: dotnet run -c Release --project benchmarks -- SUITE"
            : null;

    private static bool IsUnoptimized(Assembly assembly) =>
        assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };
}
