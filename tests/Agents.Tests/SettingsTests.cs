using DqnAspire.Agents.Dqn;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Tabular;
using DqnAspire.Agents.Training;

namespace DqnAspire.Agents.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void CartPoleDense_IsThePublishedRecipe()
    {
        var settings = (DqnSettings)PresetCatalog.BuiltIn.Resolve("cartpole-dense", []);

        Assert.Equal("CartPole-v1", settings.Environment.Id);
        Assert.Equal(400, settings.Run.MaxEpisodes);
        Assert.Equal(450, settings.Run.GoalReturn);
        Assert.Equal(20, settings.Run.FinalEvaluationEpisodes);
        Assert.Equal(128, settings.Replay.BatchSize);
        Assert.Equal(1000, settings.Replay.Capacity);
        Assert.Equal((2, 32), (settings.Network.HiddenLayers, settings.Network.HiddenUnits));
        Assert.Equal(0.99, settings.Agent.Gamma);
        Assert.Equal(
            (OptimizerKind.KerasAdam, 2e-4, 1e-7),
            (settings.Optimizer.Kind, settings.Optimizer.LearningRate, settings.Optimizer.Epsilon));
        Assert.Equal((ClippingKind.Value, 2.0), (settings.Optimizer.Clipping, settings.Optimizer.ClippingLimit));
        Assert.Equal("KerasFit", settings.Agent.Rule);
        Assert.Equal(
            (1.0, 0.01, 10.0 / 400),
            (settings.Exploration.InitialEpsilon, settings.Exploration.FinalEpsilon,
            settings.Exploration.DecayPerEpisode));
        Assert.Equal(2, settings.Validation.ConfirmationEpisodes);
    }

    [Fact]
    public void FrozenLakeTabular_IsThePublishedRecipe()
    {
        var settings = (TabularSettings)PresetCatalog.BuiltIn.Resolve("frozenlake-tabular", []);

        Assert.Equal("FrozenLake-v1", settings.Environment.Id);
        Assert.Empty(settings.Environment.Options);
        Assert.Equal((0.9, 0.2), (settings.Agent.Gamma, settings.Agent.LearningRate));
        Assert.Equal(20, settings.Validation.Episodes);
        Assert.Equal(0.80, settings.Run.GoalReturn);
    }

    [Fact]
    public void Resolve_ChangesASettingByName_WhateverItsCase()
    {
        var settings = (DqnSettings)PresetCatalog.BuiltIn.Resolve(
            "CARTPOLE-dense",
            [new("optimizer:learningrate", "0.001"), new("Run:Seed", "18446744073709551615"),
            new("Environment:Options:key", "v")]);

        Assert.Equal(0.001, settings.Optimizer.LearningRate);
        Assert.Equal(ulong.MaxValue, settings.Run.Seed);
        Assert.Equal("v", settings.Environment.Options["key"]);
    }

    [Theory]
    [InlineData("Agent:Gamma", "1.5", "from 0 to 1")]
    [InlineData("Agent:Gamma", "NaN", "from 0 to 1")]
    [InlineData("Agent:Gamma", "much", "from 0 to 1")]
    [InlineData("Run:Seed", "-1", "a whole number from 0")]
    [InlineData("Replay:BatchSize", "0", "from 1 to 65536")]
    [InlineData("Replay:BatchSize", "3.5", "a whole number")]
    [InlineData("Run:GoalReturn", "Infinity", "a number")]
    [InlineData("Environment:Id", " ", "text")]
    public void Resolve_RefusesAValue_NamingSettingAndRange(string name, string value, string range)
    {
        var error = Assert.Throws<SettingException>(
            () => PresetCatalog.BuiltIn.Resolve("cartpole-dense", [new(name, value)]));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(range, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_RefusesAnUnknownSetting_ListingTheKnownOnes()
    {
        var error = Assert.Throws<SettingException>(
            () => PresetCatalog.BuiltIn.Resolve("frozenlake-tabular", [new("Replay:Capacity", "5")]));

        Assert.Contains("'Replay:Capacity' is not a setting", error.Message, StringComparison.Ordinal);
        Assert.Contains("Agent:LearningRate", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cartpole-dense", "Replay:Capacity=100", "Replay:BatchSize=128")]
    [InlineData("cartpole-dense", "Replay:StartSize=1001", "Replay:Capacity=1000")]
    [InlineData("cartpole-dense", "Replay:Capacity=130 Agent:ReturnSteps=3 Environment:Lanes=2",
        "Replay:BatchSize=128")]
    [InlineData("cartpole", "Replay:Capacity=16 Replay:StartSize=1", "Agent:ReturnSteps=3", "Environment:Lanes=8")]
    [InlineData("cartpole-dense", "Agent:Rule=Unknown", "KerasFit")]
    [InlineData("cartpole-dense", "Agent:Loss=Huber", "Agent:Rule=KerasFit")]
    [InlineData("cartpole-dense", "Network:Returns=Categorical", "Agent:Rule=KerasFit")]
    [InlineData("cartpole-dense", "Replay:Sampling=Prioritized", "Agent:Rule=KerasFit")]
    [InlineData("cartpole-dense", "Agent:Concurrent=true", "Validation:EveryEpisodes", "Replay:PrefillSteps")]
    [InlineData("rainbow", "Network:MinimumReturn=10", "Network:MaximumReturn=10")]
    [InlineData("cartpole-dense", "Exploration:InitialEpsilon=0.001", "Exploration:FinalEpsilon=0.01")]
    [InlineData("cartpole-dense", "Exploration:DecaySteps=100", "Exploration:DecayPerEpisode=0.025")]
    [InlineData("cartpole-dense", "Optimizer:ClippingLimit=0", "Optimizer:Clipping=Value")]
    [InlineData("cartpole-dense", "Network:HiddenUnits=0", "Network:HiddenLayers")]
    [InlineData("breakout-single-frame", "Network:Stack=4", "Network:Kind=SingleFrame")]
    [InlineData("breakout-single-frame", "Network:LayerNorm=true", "Network:Kind=SingleFrame")]
    [InlineData("volley", "Network:Kind=ImpalaSmall", "Network:LayerNorm=true")]
    [InlineData("rainbow", "Network:LayerNorm=true", "Network:NoiseScale=0.5")]
    [InlineData("volley", "Agent:MiniBatches=7", "Environment:Lanes=32", "Agent:RolloutSteps=32")]
    [InlineData("volley", "Network:Returns=Quantile", "Network:Returns")]
    [InlineData("cartpole", "Run:CheckpointPeriod=9223372036854775807", "Run:CheckpointPeriod")]
    [InlineData("cartpole", "Agent:ConcurrentUpdates=10000 Agent:Concurrent=true Agent:UpdatePeriod=1000000 "
        + "Validation:EveryEpisodes=0", "Agent:ConcurrentUpdates", "Agent:UpdatePeriod")]
    [InlineData("lunarlander", "Network:NoiseScale=0.5 Network:LayerNorm=false", "Network:NoiseScale")]
    [InlineData("lunarlander", "Exploration:FinalEpsilon=0.5 Exploration:InitialEpsilon=0.25",
        "Exploration:FinalEpsilon=0.5")]
    public void Resolve_RefusesSettingsThatContradictEachOther_NamingThem(
        string preset, string changes, params string[] named)
    {
        var parsed = changes.Split(' ').Select(SettingsEditor.Parse).ToList();

        var error = Assert.Throws<SettingException>(() => PresetCatalog.BuiltIn.Resolve(preset, parsed));

        Assert.Contains(parsed[0].Key, error.Message, StringComparison.Ordinal);
        Assert.All(named, setting => Assert.Contains(setting, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("cartpole-dense", "Environment:Id=FrozenLake-v1")]
    [InlineData("cartpole-dense", "Network:Kind=Nips")]
    [InlineData("lunarlander", "Network:Kind=Nature")]
    [InlineData("lunarlander", "Environment:Id=VolleyNoFrameskip-v4")]
    [InlineData("volley", "Network:Kind=Dense Network:HiddenLayers=1 Network:HiddenUnits=16")]
    public async Task ANetworkThatDoesNotFitTheEnvironment_IsRefused_NamingBoth(string preset, string changes)
    {
        var settings = PresetCatalog.BuiltIn.Resolve(preset, changes.Split(' ').Select(SettingsEditor.Parse));

        var error = await Assert.ThrowsAsync<SettingException>(
            () => TrainingLoop.TrainAsync(
                settings, LocalRun.Context("run", new RecordingObserver()), TestContext.Current.CancellationToken));

        Assert.Contains("Network:Kind=", error.Message, StringComparison.Ordinal);
        Assert.Contains($"Environment:Id={settings.Environment.Id}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_RefusesAnUnknownPreset_ListingTheKnownOnes()
    {
        var error = Assert.Throws<UnknownPresetException>(() => PresetCatalog.BuiltIn.Resolve("tennis", []));

        Assert.Contains("cartpole-dense", error.Message, StringComparison.Ordinal);
        Assert.Contains("frozenlake-tabular", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Run:Seed")]
    [InlineData("=3")]
    [InlineData("")]
    public void Parse_RefusesWhatIsNoAssignment(string text) =>
        Assert.Throws<SettingException>(() => SettingsEditor.Parse(text));

    [Fact]
    public void EverySetting_ReadsBackItsOwnValue()
    {
        foreach (var preset in PresetCatalog.BuiltIn.All)
        {
            var settings = preset.CreateSettings();
            foreach (var setting in SettingsEditor.List(settings))
            {
                var before = setting.Value;
                setting.Set(before);
                Assert.Equal(before, setting.Value);
                Assert.NotEmpty(setting.Description);
            }
        }
    }

    [Theory]
    [InlineData("cartpole", "Optimizer:LearningRate", "0,001")]
    [InlineData("cartpole", "Optimizer:LearningRate", "1,0")]
    [InlineData("cartpole", "Run:GoalReturn", "4,7,5")]
    [InlineData("cartpole", "Run:MaxSteps", "1,000")]
    [InlineData("cartpole", "Run:Seed", "4,2")]
    [InlineData("cartpole", "Replay:BatchSize", "6,4")]
    [InlineData("cartpole", "Agent:Gamma", "0 .9")]
    [InlineData("cartpole", "Agent:Gamma", "(0.9)")]
    [InlineData("cartpole", "Agent:Gamma", "0.9$")]
    [InlineData("cartpole", "Agent:Gamma", "NaN")]
    [InlineData("cartpole", "Run:GoalReturn", "Infinity")]
    [InlineData("cartpole", "Run:GoalReturn", "1e999")]
    [InlineData("cartpole", "Environment:Lanes", "1e1")]
    [InlineData("cartpole", "Environment:Lanes", "0x8")]
    [InlineData("cartpole", "Environment:Lanes", "8.0")]
    [InlineData("frozenlake-tabular", "Agent:LearningRate", "0,2")]
    public void ATextThatIsNoNumber_IsRefused_WithItsName(string preset, string name, string text)
    {
        var error = Assert.Throws<SettingException>(() => PresetCatalog.BuiltIn.Resolve(preset, [new(name, text)]));

        Assert.StartsWith($"{name}='{text}' is not a", error.Message, StringComparison.Ordinal);
        Assert.Equal(
            text.Contains(',', StringComparison.Ordinal),
            error.Message.Contains("decimal point", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1e-3", 0.001)]
    [InlineData(" .5 ", 0.5)]
    [InlineData("2.5E-4", 0.00025)]
    public void ANumber_IsReadAsItIsWritten(string text, double value) =>
        Assert.Equal(
            value,
            ((DqnSettings)PresetCatalog.BuiltIn.Resolve("cartpole", [new("Optimizer:LearningRate", text)]))
                .Optimizer.LearningRate);

    [Fact]
    public void EverySettingOfEveryPreset_RefusesADecimalComma_OrKeepsItAsText()
    {
        foreach (var preset in PresetCatalog.BuiltIn.All)
        {
            foreach (var setting in SettingsEditor.List(preset.CreateSettings()).Where(s => s.Range != "text"))
            {
                Assert.Contains(
                    setting.Name, Assert.Throws<SettingException>(() => setting.Set("0,5")).Message,
                    StringComparison.Ordinal);
                Assert.Throws<SettingException>(() => setting.Set(""));
            }
        }
    }
}
