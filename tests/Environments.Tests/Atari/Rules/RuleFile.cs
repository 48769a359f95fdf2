using System.Text;
using System.Text.Json.Nodes;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Tests.Atari.Rules;

/// <summary>Files of one rule, made from that of a real game.</summary>
internal static class RuleFile
{
    public const string Name = "own.json";

    /// <summary>A file with the rule of a game, changed.</summary>
    public static JsonObject With(Action<JsonObject> change, string id = "breakout")
    {
        var game = JsonNode.Parse(NaiveRule.Games[id].GetRawText())!.AsObject();
        change(game);
        return new JsonObject
        {
            ["schemaVersion"] = 1,
            ["actions"] = new JsonArray(
                "NOOP", "FIRE", "UP", "RIGHT", "LEFT", "DOWN", "UPRIGHT", "UPLEFT", "DOWNRIGHT", "DOWNLEFT",
                "UPFIRE",
                "RIGHTFIRE",
                "LEFTFIRE",
                "DOWNFIRE",
                "UPRIGHTFIRE",
                "UPLEFTFIRE",
                "DOWNRIGHTFIRE",
                "DOWNLEFTFIRE"),
            ["games"] = new JsonArray(game),
        };
    }

    public static GameCatalog Load(JsonNode file) => Load(file.ToJsonString());

    public static GameCatalog Load(string text) =>
        GameCatalog.Load(new MemoryStream(Encoding.UTF8.GetBytes(text)), Name);
}
