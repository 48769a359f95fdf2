using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Presets;

/// <summary>Atari games in presets.</summary>
internal static class AtariGames
{
    /// <summary>A game as a recipe plays it.</summary>
    /// <param name="game">For example "Breakout".</param>
    /// <param name="version">What follows it in Gym's id, for example "NoFrameskip-v4".</param>
    /// <param name="preprocessing">The named pipeline.</param>
    public static EnvironmentSection Environment(string game, string version, string preprocessing) =>
        new() { Id = game + version, Options = new() { ["preprocessing"] = preprocessing } };
}
