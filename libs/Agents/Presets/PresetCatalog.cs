using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Presets;

/// <summary>The presets by name: published recipes with every hyper-parameter.</summary>
public static class PresetCatalog
{
    private static readonly Preset[] Presets =
    [
        new("frozenlake-tabular", "Tabular Q-learning on slippery FrozenLake 4x4 (Deep RL Hands-On, ch. 6).", FrozenLakeTabular.Create),
        new("cartpole-dense", "DQN with a dense 2x32 network on CartPole (a Keras lab exercise).", LabDense.CartPole),
        new("lunarlander-dense", "DQN with a dense 2x32 network on LunarLander (the same lab exercise).", LabDense.LunarLander),
        new("breakout-single-frame", "DQN on single frames of Breakout (a PyTorch notebook).", BreakoutSingleFrame.Create),
        new("breakout-cropped", "DQN on the cropped field of Breakout (a PyTorch blog post).", BreakoutCropped.Create),
        new("pong-handson", "DQN on Pong (Deep RL Hands-On, ch. 6).", PongHandsOn.Create),
        new("breakout-keras", "DQN on Breakout (keras.io).", BreakoutKeras.Create),
        new("cartpole", "Double DQN with 3-step returns on CartPole, to an average of 475 over 100 greedy episodes.", CartPole.Create),
        new("lunarlander", "PQN on LunarLander, to an average of 262 over 100 training episodes.", LunarLander.Create),
        new("volley", "PQN on Volley, the bundled game after Pong.", AtariPqn.Volley),
        new("pong", "The same on Pong, for owners of its cartridge.", AtariPqn.Pong),
        new("bricks", "PQN on Bricks, the bundled game after Breakout.", AtariPqn.Bricks),
        new("breakout", "The same on Breakout, for owners of its cartridge.", AtariPqn.Breakout),
        new("nature", "DQN as in Mnih et al. 2015.", Nature.Create),
        new("rainbow", "Rainbow as in Hessel et al. 2018.", Rainbow.Create),
    ];

    /// <summary>The preset that runs when none is named.</summary>
    public static string Default => "volley";

    /// <summary>All presets.</summary>
    public static IReadOnlyList<Preset> All => Presets;

    /// <summary>Settings of a preset with changes applied.</summary>
    /// <param name="name">The preset's name, not case-sensitive.</param>
    /// <param name="changes">"Section:Key" to value.</param>
    /// <exception cref="SettingException">Unknown preset (the message lists the known ones) or a setting that cannot be.</exception>
    public static TrainingSettings Resolve(string name, IEnumerable<KeyValuePair<string, string>> changes)
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
