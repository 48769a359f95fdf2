using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Presets;

/// <summary>The presets by name: published recipes with every hyper-parameter.</summary>
public static class PresetCatalog
{
    private static readonly Preset[] Presets =
    [
        new("frozenlake-tabular", "Tabular Q-learning on slippery FrozenLake 4x4 (Deep RL Hands-On, ch. 6).", FrozenLakeTabular.Create),
        new("cartpole-dense", "DQN with a dense 2x32 network on CartPole (a Keras lab exercise).", CartPoleDense.Create),
    ];

    /// <summary>The preset that runs when none is named.</summary>
    public static string Default => "cartpole-dense";

    /// <summary>All presets.</summary>
    public static IReadOnlyList<Preset> All => Presets;

    /// <summary>Settings of a preset with changes applied.</summary>
    /// <param name="name">The preset's name, not case-sensitive.</param>
    /// <param name="changes">"Section:Key" to value.</param>
    /// <exception cref="SettingException">Unknown preset (the message lists the known ones) or a setting that cannot be.</exception>
    public static RunSettings Resolve(string name, IEnumerable<KeyValuePair<string, string>> changes)
    {
        var settings = Find(name).CreateSettings();
        SettingsEditor.Apply(settings, changes);
        return settings;
    }

    /// <summary>The preset with a name.</summary>
    /// <exception cref="UnknownPresetException">There is none; the message lists the known ones.</exception>
    public static Preset Find(string name) =>
        Presets.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UnknownPresetException(
                $"There is no preset '{name}'. Presets: {string.Join(", ", Presets.Select(p => p.Name))}.");
}
