using DqnAspire.Agents.Dqn;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Tests.Presets;

public sealed class PresetFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("presets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void APath_ServesWhereverANameDoes()
    {
        var path = Write("mine.json", """
            // A comment.
            {
              "description": "Mine.",
              "algorithm": "dqn",
              "Run": { "Seed": 18446744073709551615, "GoalReturn": -1.5 }, // the largest seed
              "Environment": { "Id": "CartPole-v1", "Options": { "length": 0.5, "name": "x" } },
              "Network": { "Kind": "Dense", "Dueling": true, },
              "Replay": { "Capacity": 10, "BatchSize": 2, "Sampling": "WithReplacement" },
            }
            """);

        var settings = Assert.IsType<DqnSettings>(PresetCatalog.BuiltIn.Resolve(path, [new("Replay:BatchSize", "3")]));

        Assert.Equal(("mine", path, "dqn"), (settings.Preset, settings.PresetSource, settings.Algorithm.Name));
        Assert.Equal((ulong.MaxValue, -1.5), (settings.Run.Seed, settings.Run.GoalReturn));
        Assert.Equal(("0.5", "x"), (settings.Environment.Options["length"], settings.Environment.Options["name"]));
        Assert.True(settings.Network.Dueling);
        Assert.Equal(
            (10, 3, SamplingKind.WithReplacement),
            (settings.Replay.Capacity, settings.Replay.BatchSize, settings.Replay.Sampling));
        Assert.Equal("Mine.", PresetCatalog.BuiltIn.Find(path).Description);
    }

    [Fact]
    public void APreset_TakesWhatItDoesNotSay_FromTheOneItIsBasedOn()
    {
        Write("base.json", """{ "basedOn": "nature", "Replay": { "Capacity": 60000 }, "Agent": { "Gamma": 0.5 } }""");
        var path = Write("derived.json", """{ "basedOn": "base.json", "Agent": { "Gamma": 0.75 } }""");

        var settings = (DqnSettings)PresetCatalog.BuiltIn.Resolve(path, []);

        Assert.Equal((0.75, 60_000, 4), (settings.Agent.Gamma, settings.Replay.Capacity, settings.Agent.UpdatePeriod));
        Assert.Equal(("derived", "BricksNoFrameskip-v4"), (settings.Preset, settings.Environment.StandIn));
    }

    [Fact]
    public void AStandIn_IsNotInheritedForAnotherGame()
    {
        var path = Write("other.json", """{ "basedOn": "nature", "Environment": { "Id": "PongNoFrameskip-v4" } }""");

        Assert.Equal("", PresetCatalog.BuiltIn.Resolve(path, []).Environment.StandIn);
    }

    [Theory]
    [InlineData("{\n\"algorithm\": \"dqn\",\n\"Agent\": {\n\"Gama\": 0.9\n} }", 4,
        "'Agent:Gama' is not a setting of algorithm dqn; the nearest is Agent:Gamma.")]
    [InlineData("{\n\"algorithm\": \"dqn\",\n\"Agnet\": { \"Gamma\": 0.9 } }", 3, "the nearest is Agent:Gamma")]
    [InlineData("{\n\"algorithm\": \"dqn\",\n\n\"Agent\": { \"Gamma\": \"0.9\" } }", 4,
        "Agent:Gamma is the text \"0.9\", not a number from 0 to 1.")]
    [InlineData("{\n\"algorithm\": \"dqn\",\n\"Agent\": { \"Gamma\": 1.5 } }", 3,
        "Agent:Gamma='1.5' is not a number from 0 to 1.")]
    [InlineData("{\n\"algorithm\": \"dqn\",\n\"Agent\": { \"DoubleQ\": 1 } }", 3,
        "Agent:DoubleQ is 1, not true or false.")]
    [InlineData("{\n\"algorithm\": \"dqn\",\n\"Network\": { \"Kind\": \"Densee\" } }", 3, "one of Dense")]
    [InlineData("{\n\"algorithm\": \"dqn\",\n\"Replay\": { \"Capacity\": 1e3 } }", 3,
        "Replay:Capacity='1e3' is not a whole number")]
    [InlineData("{\n\"algorithm\": \"dqn\",\n\"Replay\": { \"Capacity\": [1] } }", 3,
        "'Replay:Capacity' has to be a number, a text, true or false.")]
    [InlineData("{\n\"algorithm\": \"dqm\" }", 2, "There is no algorithm 'dqm'. Algorithms: dqn, pqn, tabular.")]
    [InlineData("{\n\"basedOn\": \"natur\" }", 2, "There is no preset 'natur'.")]
    [InlineData("{\n\"basedOn\": \"wrong.json\" }", 2, "is based on this preset itself")]
    [InlineData("{\n\"basedOn\": \"nature\",\n\"algorithm\": \"dqn\" }", 2, "either 'basedOn' or 'algorithm'")]
    [InlineData("{ }", 1, "needs 'algorithm' or 'basedOn'")]
    [InlineData("{\n\"algoritm\": \"dqn\" }", 2,
        "'algoritm' is neither a section nor one of description, algorithm, basedOn; the nearest is algorithm.")]
    [InlineData("{\n\"algorithm\": \"dqn\",\n\"Agent\": {", 3, "this is not JSON")]
    [InlineData("[]", 1, "a preset is a JSON object")]
    public void AMistake_IsNamed_WithFileAndLine(string content, int line, string problem)
    {
        var path = Write("wrong.json", content);

        var error = Assert.Throws<SettingException>(() => PresetCatalog.BuiltIn.Resolve(path, []));

        Assert.StartsWith($"{path}:{line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void AFileThatIsNotThere_IsNamed()
    {
        var path = Path.Combine(_folder, "absent.json");

        var error = Assert.Throws<SettingException>(() => PresetCatalog.BuiltIn.Resolve(path, []));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RecordedSettings_AreRestored_WithoutTheFileOfTheirPreset()
    {
        var path = Write("mine.json", """{ "basedOn": "cartpole", "Agent": { "Gamma": 0.5 } }""");
        var settings = PresetCatalog.BuiltIn.Resolve(path, []);
        var recorded = SettingsEditor.List(settings).ToDictionary(s => s.Name, s => s.Value);
        File.Delete(path);

        var restored = PresetCatalog.BuiltIn.Restore(settings.Preset, settings.Algorithm.Name, recorded);

        Assert.Equal(recorded, SettingsEditor.List(restored).ToDictionary(s => s.Name, s => s.Value));
        Assert.Equal("mine", restored.Preset);
    }

    [Fact]
    public void ACopy_HasTheSameValues_AndIsItsOwn()
    {
        var settings = PresetCatalog.BuiltIn.Resolve("nature", []);

        var copy = SettingsEditor.Copy(settings);
        copy.Environment.Options["preprocessing"] = "other";
        copy.Run.MaxSteps = 1;

        Assert.Equal("nature", settings.Environment.Options["preprocessing"]);
        Assert.Equal(50_000_000, settings.Run.MaxSteps);
        Assert.Equal(
            SettingsEditor.List(settings).Where(s => s.Name != "Run:MaxSteps").Select(s => (s.Name, s.Value)),
            SettingsEditor.List(copy).Where(s => s.Name != "Run:MaxSteps").Select(s => (s.Name, s.Value)));
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
