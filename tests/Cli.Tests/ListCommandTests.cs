using System.Text.Json;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.AtariTraces.Cartridges;

namespace DqnAspire.Cli.Tests;

/// <summary>Commands that list what there is, as tables and as JSON.</summary>
public sealed class ListCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-lists-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Presets_ListsAll()
    {
        var table = await RunAsync("presets");
        using var json = JsonDocument.Parse(await RunAsync("presets", "--json"));

        Assert.All(
            PresetCatalog.BuiltIn.All, preset => Assert.Contains($"│ {preset.Name} ", table, StringComparison.Ordinal));
        Assert.Equal(
            PresetCatalog.BuiltIn.All.Select(preset => preset.Name),
            json.RootElement.EnumerateArray().Select(preset => preset.GetProperty("name").GetString()));
        Assert.Equal("volley", json.RootElement.EnumerateArray()
            .Single(preset => preset.GetProperty("is_default").GetBoolean()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Settings_HasEverySetting_AsTrainingWouldUseIt()
    {
        using var json = JsonDocument.Parse(await RunAsync("settings", "cartpole", "--set", "Run:Seed=7", "--json"));

        var settings = json.RootElement.EnumerateArray()
            .ToDictionary(setting => setting.GetProperty("name").GetString()!, setting => setting);
        Assert.Equal(
            SettingsEditor.List(PresetCatalog.BuiltIn.Resolve("cartpole", []))
                .Select(setting => setting.Name), settings.Keys);
        Assert.Equal("7", settings["Run:Seed"].GetProperty("value").GetString());
        Assert.Equal("a number from 0 to 1", settings["Agent:Gamma"].GetProperty("range").GetString());
        Assert.Contains("│ Run:Seed ", await RunAsync("settings", "cartpole"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Envs_HasThoseThatCanBeOpenedFirst_AndSaysWhatIsMissing()
    {
        var all = await RunAsync("envs");
        var pong = await RunAsync("envs", "alien");
        using var json = JsonDocument.Parse(await RunAsync("envs", "volley", "--json"));

        Assert.Contains("│ CartPole-v1 ", all, StringComparison.Ordinal);
        Assert.Contains("│ ALE/Volley-v5 ", all, StringComparison.Ordinal);
        Assert.Contains("a file with MD5 ", pong, StringComparison.Ordinal);
        Assert.All(json.RootElement.EnumerateArray(), e => Assert.True(e.GetProperty("can_be_opened").GetBoolean()));
    }

    [Fact]
    public async Task Roms_SaysWhichFolderIsSearched_AndWhatAnUnknownFileMayBe()
    {
        var known = VerificationCartridges.All.Single(image => image.Name == "padball");
        await WriteAsync("padball.bin", known.Bytes);
        await WriteAsync("pong.bin", new byte[2048]);
        await WriteAsync("notes.txt", [1, 2, 3]);

        var output = await RunAsync("roms", "--folder", _folder);

        Assert.Contains($"Folder searched: {_folder}, 3 images.", output, StringComparison.Ordinal);
        Assert.Contains(known.Checksum, output, StringComparison.Ordinal);
        Assert.Contains("named like Pong", output, StringComparison.Ordinal);
        Assert.Contains("not a cartridge that this console can play", output, StringComparison.Ordinal);
        // MD5 of the bytes 1, 2, 3.
        Assert.Contains("5289df737df57326fcdd22597afb1fac", output, StringComparison.Ordinal);
        Assert.Contains("Games that need no file: bricks, volley.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roms_WithoutAFolder_SaysHowToNameOne()
    {
        using var output = new StringWriter();

        Assert.SkipWhen(Environment.GetEnvironmentVariable("ROMS_DIR") is { Length: > 0 }, "ROMS_DIR is set.");
        Assert.Equal(0, await CommandLine.InvokeAsync(["roms"], output, TextWriter.Null));

        Assert.Contains(
            "No folder is searched: set the environment variable ROMS_DIR",
            output.ToString(),
            StringComparison.Ordinal);
    }

    private Task WriteAsync(string name, byte[] bytes) =>
        File.WriteAllBytesAsync(Path.Combine(_folder, name), bytes, TestContext.Current.CancellationToken);

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.InvokeAsync(arguments, output, error);
        Assert.Equal((0, ""), (exitCode, error.ToString()));
        return output.ToString();
    }
}
