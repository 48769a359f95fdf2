using System.Diagnostics;
using System.Runtime.Intrinsics;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks.Tests.Golden;

/// <summary>A hundred batches with PyTorch and with ours: the same losses and the same weights.</summary>
[Trait("Category", "Slow")]
public sealed class GoldenTests
{
    private const double Tolerance = 1e-4;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Golden");

    private static string Recorded => Path.Combine(Folder, "pytorch.json");

    public static TheoryData<string> Names => [.. GoldenCase.Read(Recorded).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void LossesAndTrainedWeights_ArePyTorchs(string name)
    {
        Assert.SkipUnless(
            Vector128.IsHardwareAccelerated,
            "Without vector instructions this would take minutes; the kernels' own tests cover that path.");
        var expected = GoldenCase.Read(Recorded).Single(c => c.Name == name);
        using var pool = new WorkerPool(Environment.ProcessorCount);

        var (losses, tensors) = new GoldenRun(name, pool).Train();

        AssertClose(expected.Losses, losses, "loss");
        Assert.Equal(expected.Tensors.Length, tensors.Length);
        for (var i = 0; i < tensors.Length; i++)
        {
            var (golden, actual) = (expected.Tensors[i], tensors[i]);
            var sum = actual.Sum(w => Math.Abs((double)w));
            Assert.Equal(golden.SumOfAbsolutes, sum, golden.SumOfAbsolutes * Tolerance);
            // Weights of both signs cancel in a plain sum: it is held against the sum of sizes.
            Assert.Equal(golden.Sum, actual.Sum(w => (double)w), golden.SumOfAbsolutes * Tolerance);
            AssertClose(
                golden.Samples,
                [.. golden.Samples.Select((_, k) => (double)actual[k * (long)actual.Length / golden.Samples.Length])],
                $"tensor {i}");
        }
    }

    [Fact]
    public async Task RecordedFile_IsWhatTheScriptWrites()
    {
        var path = Path.GetTempFileName();
        try
        {
            await RunScript(path);

            var (recorded, fresh) = (GoldenCase.Read(Recorded), GoldenCase.Read(path));
            Assert.Equal(recorded.Select(c => c.Name), fresh.Select(c => c.Name));
            foreach (var (old, now) in recorded.Zip(fresh))
            {
                AssertClose(old.Losses, now.Losses, $"{old.Name}, loss");
                foreach (var (oldTensor, newTensor) in old.Tensors.Zip(now.Tensors))
                {
                    AssertClose(oldTensor.Samples, newTensor.Samples, $"{old.Name}, tensor");
                }
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Relative to the largest of the numbers that belong together.</summary>
    private static void AssertClose(double[] expected, double[] actual, string what)
    {
        var scale = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= Tolerance * scale, $"{what} {i}: {actual[i]}, not {expected[i]}.");
        }
    }

    private static async Task RunScript(string output)
    {
        var token = TestContext.Current.CancellationToken;
        const string interpreter = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(interpreter) && await Run(interpreter, ["-c", "import torch, numpy"], token) == 0,
            "PyTorch is not installed (Debian package python3-torch).");
        Assert.Equal(0, await Run(interpreter, [Path.Combine(Folder, "make_golden.py"), output], token));
    }

    private static async Task<int> Run(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }
}
