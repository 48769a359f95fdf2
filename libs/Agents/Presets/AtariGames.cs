using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Presets;

/// <summary>Atari games in presets.</summary>
internal static class AtariGames
{
    /// <summary>A game as a recipe plays it.</summary>
    /// <param name="game">For example "Breakout".</param>
    /// <param name="version">What follows it in Gym's id, for example "NoFrameskip-v4".</param>
    /// <param name="preprocessing">The named pipeline.</param>
    /// <param name="standIn">The bundled game that is played when the cartridge is not there; null: the game is bundled.</param>
    /// <param name="lanes">Copies that are played at the same time.</param>
    public static EnvironmentSection Environment(string game, string version, string preprocessing, string? standIn = null, int lanes = 1) => new()
    {
        Id = game + version,
        StandIn = standIn is null ? "" : standIn + version,
        Lanes = lanes,
        Options = new() { ["preprocessing"] = preprocessing },
    };
}
