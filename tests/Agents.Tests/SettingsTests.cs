using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void CartPoleDense_IsThePublishedRecipe()
    {
        var settings = (DqnSettings)PresetCatalog.Resolve("cartpole-dense", []);

        Assert.Equal("CartPole-v1", settings.Environment.Id);
        Assert.Equal(400, settings.Run.MaxEpisodes);
        Assert.Equal(450, settings.Run.GoalReturn);
        Assert.Equal(20, settings.Run.FinalEvaluationEpisodes);
        Assert.Equal(128, settings.Replay.BatchSize);
        Assert.Equal(1000, settings.Replay.Capacity);
        Assert.Equal((2, 32), (settings.Network.HiddenLayers, settings.Network.HiddenUnits));
        Assert.Equal(0.99, settings.Agent.Gamma);
        Assert.Equal((OptimizerKind.KerasAdam, 2e-4, 1e-7), (settings.Optimizer.Kind, settings.Optimizer.LearningRate, settings.Optimizer.Epsilon));
        Assert.Equal((ClippingKind.Value, 2.0), (settings.Optimizer.Clipping, settings.Optimizer.ClippingLimit));
        Assert.Equal(32, settings.Agent.MiniBatchSize);
        Assert.Equal((1.0, 0.01, 10.0 / 400), (settings.Exploration.InitialEpsilon, settings.Exploration.FinalEpsilon, settings.Exploration.DecayPerEpisode));
        Assert.Equal(2, settings.Validation.ConfirmationEpisodes);
    }

    [Fact]
    public void FrozenLakeTabular_IsThePublishedRecipe()
    {
        var settings = (TabularSettings)PresetCatalog.Resolve("frozenlake-tabular", []);

        Assert.Equal("FrozenLake-v1", settings.Environment.Id);
        Assert.Empty(settings.Environment.Options);
        Assert.Equal((0.9, 0.2), (settings.Agent.Gamma, settings.Agent.LearningRate));
        Assert.Equal(20, settings.Validation.Episodes);
        Assert.Equal(0.80, settings.Run.GoalReturn);
    }

    [Fact]
    public void Resolve_ChangesASettingByName_WhateverItsCase()
    {
        var settings = (DqnSettings)PresetCatalog.Resolve(
            "CARTPOLE-dense", [new("optimizer:learningrate", "0.001"), new("Run:Seed", "18446744073709551615"), new("Environment:Options:key", "v")]);

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
        var error = Assert.Throws<SettingException>(() => PresetCatalog.Resolve("cartpole-dense", [new(name, value)]));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(range, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_RefusesAnUnknownSetting_ListingTheKnownOnes()
    {
        var error = Assert.Throws<SettingException>(() => PresetCatalog.Resolve("frozenlake-tabular", [new("Replay:Capacity", "5")]));

        Assert.Contains("'Replay:Capacity' is not a setting", error.Message, StringComparison.Ordinal);
        Assert.Contains("Agent:LearningRate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_RefusesSettingsThatContradictEachOther()
    {
        var error = Assert.Throws<SettingException>(() => PresetCatalog.Resolve("cartpole-dense", [new("Replay:Capacity", "100")]));

        Assert.Contains("Replay:BatchSize=128", error.Message, StringComparison.Ordinal);
        Assert.Contains("Replay:Capacity=100", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_RefusesAnUnknownPreset_ListingTheKnownOnes()
    {
        var error = Assert.Throws<UnknownPresetException>(() => PresetCatalog.Resolve("tennis", []));

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
        foreach (var preset in PresetCatalog.All)
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
}
