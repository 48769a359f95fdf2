using DqnAspire.Agents.Networks;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.NeuralNetworks;
using DqnAspire.Play.Policies;

namespace DqnAspire.Play.Tests;

/// <summary>Policies of the presets' networks, with their first weights.</summary>
internal static class TestPolicies
{
    public static LocalLaneSource Lanes { get; } = new(BuiltInEnvironments.Registry);

    /// <summary>A policy as a preset's run has it before its first update.</summary>
    /// <param name="preset">A preset with a network.</param>
    /// <param name="changes">Settings, as "Section:Key=value".</param>
    public static async Task<LoadedPolicy> CreateAsync(string preset, params string[] changes)
    {
        var settings = (TrainingSettings)PresetCatalog.BuiltIn.Resolve(preset, changes.Select(SettingsEditor.Parse));
        var file = await FileAsync(settings);
        var environment = settings.Environment;
        return new LoadedPolicy(
            new PolicyInfo("run", "step 0", 0, environment.Id, environment.Options), file, ManagedBackend.Shared);
    }

    /// <summary>The safetensors file of such a policy.</summary>
    public static async Task<byte[]> FileAsync(TrainingSettings settings)
    {
        var description = await Lanes.DescribeAsync(
            settings.Environment.Id, settings.Environment.Options, TestContext.Current.CancellationToken);
        var info = description!.Environment;
        var section = (NetworkSection)settings.GetType().GetProperty("Network")!.GetValue(settings)!;
        using var network = ManagedBackend.Shared.Create(NetworkFactory.Define(section, info), training: null, seed: 3);
        using var stream = new MemoryStream();
        new NetworkPolicy(network, NetworkFactory.Input(section, info)).Save(stream);
        return stream.ToArray();
    }
}
