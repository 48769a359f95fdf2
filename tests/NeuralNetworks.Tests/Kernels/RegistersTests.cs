using System.Runtime.Intrinsics;
using DqnAspire.Core.Networks;

namespace DqnAspire.NeuralNetworks.Tests.Kernels;

public sealed class RegistersTests
{
    /// <summary>Variable that says what a process started by <see cref="InstructionSetTests"/> should find.</summary>
    internal const string ExpectedDevice = "DQN_TESTS_EXPECTED_DEVICE";

    [Fact]
    public void Device_NamesTheRegistersInUse()
    {
        var expected = Environment.GetEnvironmentVariable(ExpectedDevice) ?? (
            Vector512.IsHardwareAccelerated ? "512-bit vectors"
            : Vector256.IsHardwareAccelerated ? "256-bit vectors"
            : "128-bit vectors");

        Assert.Contains(
            expected, new QNetwork(NetworkPresets.Dense(4, 2), training: null, seed: 1).Device,
            StringComparison.Ordinal);
    }
}
