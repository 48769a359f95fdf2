using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json;

namespace DqnAspire.Benchmarks.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task AnUnknownSuite_IsAnErrorThatListsTheKnownOnes()
    {
        using var error = new StringWriter();

        var code = await CommandLine.InvokeAsync(
            ["wires"], [new FixedSuite("wire"), new FixedSuite("training")], error);

        Assert.Equal(1, code);
        Assert.Equal(
            $"error: There is no suite 'wires'. Suites: wire, training.{Environment.NewLine}", error.ToString());
    }

    [Fact]
    public async Task Json_GoesToTheNamedFile()
    {
        var folder = Directory.CreateTempSubdirectory("dqn-benchmarks-");
        try
        {
            var file = Path.Combine(folder.FullName, "figures.json");

            Assert.Equal(
                0,
                await CommandLine.InvokeAsync(["Fixed", "--json", file], [new FixedSuite("fixed")], TextWriter.Null));

            using var json = JsonDocument.Parse(
                await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            Assert.Equal("fixed", json.RootElement.GetProperty("suite").GetString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task AFileThatCannotBeWritten_IsOneLine()
    {
        using var error = new StringWriter();
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "figures.json");

        Assert.Equal(1, await CommandLine.InvokeAsync(["fixed", "--json", file], [new FixedSuite("fixed")], error));

        Assert.StartsWith("error: ", error.ToString());
        Assert.Contains(file, error.ToString());
    }

    [Fact]
    public async Task Options_ReachTheSuite()
    {
        var suite = new FixedSuite("fixed");

        await CommandLine.InvokeAsync(["fixed", "--quick", "--peer"], [suite], TextWriter.Null);
        Assert.Equal((true, 0.05), suite.Asked);
        await CommandLine.InvokeAsync(["fixed"], [suite], TextWriter.Null);
        Assert.Equal((false, 1.0), suite.Asked);
    }

    [Fact]
    public async Task ABuildWithoutOptimisation_MeasuresNothing()
    {
        var suite = new FixedSuite("fixed");
        using var error = new StringWriter();

        Assert.Equal(1, await CommandLine.InvokeAsync(["fixed"], [suite], error, "It is not optimised."));

        Assert.Equal($"error: It is not optimised.{Environment.NewLine}", error.ToString());
        Assert.Equal(default, suite.Asked);
    }

    [Fact]
    public void ABuildWithoutOptimisation_IsRecognised()
    {
        var optimised = Assembly("optimised", DebuggableAttribute.DebuggingModes.Default);
        var plain = Assembly("plain", DebuggableAttribute.DebuggingModes.DisableOptimizations);

        Assert.Null(OptimizedBuild.Problem([optimised]));
        Assert.StartsWith("plain was built without optimisation", OptimizedBuild.Problem([optimised, plain]));
    }

    private static AssemblyBuilder Assembly(string name, DebuggableAttribute.DebuggingModes modes) =>
        AssemblyBuilder.DefineDynamicAssembly(
        new AssemblyName(name),
        AssemblyBuilderAccess.Run,
        [new CustomAttributeBuilder(
            typeof(DebuggableAttribute).GetConstructor([typeof(DebuggableAttribute.DebuggingModes)])!, [modes])]);

    private sealed class FixedSuite(string name) : ISuite
    {
        public string Name => name;

        public (bool WithPeer, double Scale) Asked { get; private set; }

        public Task<IReadOnlyList<BenchmarkResult>> RunAsync(
            bool withPeer, double scale, CancellationToken cancellationToken)
        {
            Asked = (withPeer, scale);
            return Task.FromResult<IReadOnlyList<BenchmarkResult>>([new BenchmarkResult("figure", 1, "us")]);
        }
    }
}
