using System.Diagnostics;
using System.Runtime.Intrinsics;
using DqnAspire.NeuralNetworks.Tests.Kernels;

namespace DqnAspire.NeuralNetworks.Tests;

/// <summary>
/// This assembly's numerical tests again, in processes that may use fewer instructions than the machine has.
/// </summary>
[Trait("Category", "Slow")]
public sealed class InstructionSetTests
{
    private static readonly string[] Numerical = ["Kernels", "Optimizers", "Losses", "Layers"];

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "256-bit vectors")]
    [InlineData("DOTNET_EnableAVX2", "128-bit vectors")]
    [InlineData("DOTNET_EnableHWIntrinsic", "scalar")]
    public async Task WithFewerInstructions_EveryTestPassesAgain(string variable, string device)
    {
        Assert.SkipUnless(Vector256.IsHardwareAccelerated, "This machine has no wider instructions to take away.");
        var selection = Numerical.SelectMany(
            name => new[] { "-namespace", $"{typeof(InstructionSetTests).Namespace}.{name}" });
        var start = new ProcessStartInfo(
            "dotnet", ["exec", typeof(InstructionSetTests).Assembly.Location, .. selection])
        {
            RedirectStandardOutput = true,
            Environment = { [variable] = "0", [RegistersTests.ExpectedDevice] = device },
        };

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, output);
        Assert.DoesNotContain("Total: 0", output, StringComparison.Ordinal);
    }
}
