using DqnAspire.AtariTraces.Cartridges;
using DqnAspire.AtariTraces.Format;
using DqnAspire.AtariTraces.Recording;
using DqnAspire.Environments.Atari.Cartridges;

namespace DqnAspire.Cli.Tests;

public sealed class TraceCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dqn-trace-");
    private readonly CartridgeImage _cartridge = VerificationCartridges.All.Single(image => image.Name == "padball");
    private readonly string _rom;

    public TraceCommandTests()
    {
        _rom = Path.Combine(_folder.FullName, _cartridge.FileName);
        File.WriteAllBytes(_rom, _cartridge.Bytes);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Trace_PrintsWhatTheRecorderRecords()
    {
        var setup = new TraceSetup { Seed = 3, ExtraResets = 1, Settings = [new TraceSetting("lc", "PADDLES")] };
        var game = new TraceRecorder(_cartridge.Bytes, setup);
        var script = ActionScript.Parse("lcg3", hold: 2);
        using var expected = new StringWriter();
        var writer = new TraceWriter(expected);
        writer.Write(game.Describe("padball.bin", script, frames: 5));
        for (var frame = 0; frame < 5; frame++)
        {
            writer.Write(game.Act(script.Next()));
        }

        var (code, output, error) = await RunAsync(
            "--rom", _rom, "--script", "lcg3", "--hold", "2", "--frames", "5", "--resets", "1", "--set", "lc=PADDLES");

        Assert.Equal((0, expected.ToString(), ""), (code, output, error));
    }

    [Fact]
    public async Task Diff_OfWhatWasPrinted_IsEqual()
    {
        var file = await WriteTraceAsync();

        Assert.Equal((0, $"equal: 5 frames{Environment.NewLine}", ""), await RunAsync("--rom", _rom, "--diff", file));
        Assert.Equal(
            (0, $"equal: 3 frames{Environment.NewLine}", ""),
            await RunAsync("--rom", _rom, "--script", "lcg3", "--hold", "2", "--frames", "3", "--diff", file));
    }

    [Fact]
    public async Task Diff_StopsAtTheFirstDifference()
    {
        var file = await WriteTraceAsync();

        var (code, output, error) = await RunAsync("--rom", _rom, "--script", "noop", "--diff", file);

        Assert.Equal((1, ""), (code, error));
        Assert.StartsWith("first difference: frame 0, action ", output);
        Assert.EndsWith($"different after 0 equal frames{Environment.NewLine}", output);
    }

    [Theory]
    [InlineData("error: --frames takes a number that is not negative, not '-1'.", "--frames", "-1")]
    [InlineData("error: --resets takes a number that is not negative, not 'x'.", "--resets", "x")]
    [InlineData("error: There is no script 'lcg'. Scripts: noop, lcgN with a seed N.", "--script", "lcg")]
    [InlineData("error: There is no property 'left'. Properties: lc, rc, bc, cp, sp, format, ystart, height, hmove.",
        "--set", "left=PADDLES")]
    [InlineData("error: Could not find file '/missing.csv'.", "--diff", "/missing.csv")]
    public async Task AnError_IsOneLine(string message, params string[] options) =>
        Assert.Equal((1, "", $"{message}{Environment.NewLine}"), await RunAsync(["--rom", _rom, .. options]));

    [Fact]
    public async Task WithoutACartridge_NothingRuns() =>
        Assert.Equal((1, "", $"error: Option '--rom' is required.{Environment.NewLine}"), await RunAsync());

    [Fact]
    public async Task ATraceOfAnotherCartridge_IsAnError()
    {
        var file = await WriteTraceAsync();
        var other = Path.Combine(_folder.FullName, "other.bin");
        File.WriteAllBytes(other, new byte[2048]);

        var (code, output, error) = await RunAsync("--rom", other, "--diff", file);

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith(
            $"error: {file} is a trace of padball.bin with MD5 {_cartridge.Checksum}; {other} has ", error);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] options)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.InvokeAsync(["trace", .. options], output, error);
        return (code, output.ToString(), error.ToString());
    }

    private async Task<string> WriteTraceAsync()
    {
        var (code, text, _) = await RunAsync("--rom", _rom, "--script", "lcg3", "--hold", "2", "--frames", "5");
        Assert.Equal(0, code);
        var file = Path.Combine(_folder.FullName, "recorded.csv");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        return file;
    }
}
