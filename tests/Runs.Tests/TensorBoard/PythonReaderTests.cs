using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using DqnAspire.Runs.TensorBoard;

namespace DqnAspire.Runs.Tests.TensorBoard;

/// <summary>The files as Google's protobuf for Python reads them.</summary>
public sealed class PythonReaderTests : IDisposable
{
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3"];

    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-events-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AFile_IsTheSameToPython()
    {
        string path;
        using (var writer = new EventFileWriter(_folder))
        {
            path = writer.Path;
            writer.AddText(0, "hyperparameters", "|setting|value|\n|-|-|\n|Agent:Gamma|0.99|");
            for (var step = 1; step <= 300; step++)
            {
                writer.AddScalars(
                    step * 1_000_000_000L,
                    [new("charts/episodic_return", step), new(
                        "losses/td_loss", 1.0 / step), new("zero", 0), new("nan", double.NaN)]);
            }
        }

        var interpreter = await FindAsync();
        Assert.SkipWhen(
            interpreter is null, "No python3 with google.protobuf is installed (Debian package python3-protobuf).");
        var (code, output, errors) = await RunAsync(
            interpreter, Path.Combine(AppContext.BaseDirectory, "peers", "read_events.py"), path);

        Assert.True(code == 0, errors);
        using var document = JsonDocument.Parse(output.Replace("NaN", "null", StringComparison.Ordinal));
        var events = document.RootElement.EnumerateArray().ToList();
        Assert.Equal(302, events.Count);
        Assert.Equal("brain.Event:2", events[0].GetProperty("file_version").GetString());
        Assert.Contains(
            "Agent:Gamma",
            events[1].GetProperty("texts").GetProperty("hyperparameters").GetString(),
            StringComparison.Ordinal);
        for (var step = 1; step <= 300; step++)
        {
            var scalars = events[step + 1].GetProperty("scalars");
            Assert.Equal(step * 1_000_000_000L, events[step + 1].GetProperty("step").GetInt64());
            Assert.Equal(step, scalars.GetProperty("charts/episodic_return").GetDouble());
            Assert.Equal((float)(1.0 / step), (float)scalars.GetProperty("losses/td_loss").GetDouble());
            Assert.Equal(0, scalars.GetProperty("zero").GetDouble());
            Assert.Equal(JsonValueKind.Null, scalars.GetProperty("nan").ValueKind);
        }
    }

    private static async Task<string?> FindAsync()
    {
        foreach (var interpreter in Interpreters)
        {
            try
            {
                if (await RunAsync(interpreter, "-c", "import google.protobuf") is { Code: 0 })
                {
                    return interpreter;
                }
            }
            catch (Win32Exception)
            {
                // There is no such program.
            }
        }

        return null;
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(
        string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await errors);
    }
}
