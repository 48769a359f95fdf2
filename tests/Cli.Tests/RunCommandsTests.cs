using System.Xml.Linq;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Training;
using DqnAspire.Runs.Folders;

namespace DqnAspire.Cli.Tests;

public sealed class RunCommandsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dqn-runs-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Curves_DrawsTheRunsOfEachPreset()
    {
        var picture = Path.Combine(_folder.FullName, "curves.svg");

        var (code, _, error) = await RunAsync(
            "curves",
            Write("cartpole-dense", 1),
            Write("cartpole-dense", 2),
            Write("frozenlake-tabular", 3),
            "--out",
            picture);

        Assert.Equal((0, ""), (code, error));
        var texts = XDocument.Load(picture).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)
            .ToList();
        Assert.Contains("cartpole-dense, frozenlake-tabular", texts);
        Assert.Contains("cartpole-dense: mean and range of 2 runs", texts);
        Assert.Contains("frozenlake-tabular", texts);
    }

    [Fact]
    public async Task Compare_PrintsARowARun_AndWritesMarkdown()
    {
        var file = Path.Combine(_folder.FullName, "table.md");

        var (code, output, error) = await RunAsync(
            "compare", Write("cartpole-dense", 1), Write("cartpole-dense", 2), "--out", file);

        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"cartpole-dense-1 │ cartpole-dense │ 1 ", output);
        Assert.Matches(@"cartpole-dense-2 │ cartpole-dense │ 2 ", output);
        Assert.Contains(
            "| cartpole-dense-2 | cartpole-dense | 2 | not ended |",
            await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Report_IsWrittenIntoTheFolder()
    {
        var run = Write("cartpole-dense", 4);

        var (code, output, error) = await RunAsync("report", run);

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith(
            "# cartpole-dense, seed 4",
            await File.ReadAllTextAsync(output.Trim(), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("curves", "--out", "x.svg")]
    [InlineData("compare")]
    [InlineData("report")]
    public async Task AFolderThatIsNone_IsNamed(string command, params string[] options)
    {
        var (code, output, error) = await RunAsync([command, Path.Combine(_folder.FullName, "absent"), .. options]);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("absent cannot be read as the folder of a run", error);
    }

    private string Write(string preset, int seed)
    {
        var path = Path.Combine(_folder.FullName, $"{preset}-{seed}");
        using var directory = RunWriter.Create(
            path, $"{preset}-{seed}", PresetCatalog.BuiltIn.Resolve(preset, [new("Run:Seed", $"{seed}")]));
        directory.Append(new LogRecord("episode", 1, 10) { Return = seed, Elapsed = TimeSpan.Zero });
        directory.Append(new LogRecord("episode", 2, 20) { Return = seed + 1, Elapsed = TimeSpan.Zero });
        return path;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.InvokeAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
