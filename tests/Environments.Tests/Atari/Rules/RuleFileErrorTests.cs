using System.Text.Json.Nodes;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Tests.Atari.Rules;

/// <summary>
/// What is wrong with a rule file is said with file, game and field, and with the position in a formula.
/// </summary>
public sealed class RuleFileErrorTests
{
    [Theory]
    [InlineData("score/formula", "bcd(ram[0xCD]) + foo", 18, "own.json: breakout: score.formula: 'foo' is not known")]
    [InlineData(
        "terminal/formula", "lives == 0", 1, "own.json: breakout: terminal.formula: 'lives' is not computed yet")]
    [InlineData(
        "vars/started/formula", "prev.started ||", 16, "own.json: breakout: vars.started.formula: Expected a number")]
    [InlineData("lives/formula", "mode", 1, "own.json: breakout: lives.formula: 'mode' has a meaning only while")]
    [InlineData("lives/reported", "prev.lives", 1, "own.json: breakout: lives.reported: 'prev' has a meaning only")]
    [InlineData("lives/reported", "ram[0x80]", 1, "own.json: breakout: lives.reported: 'ram' has no meaning here")]
    [InlineData(
        "modes/select/0/until", "prev.score", 1,
        "own.json: breakout: modes.select[0].until: 'prev' has a meaning only")]
    [InlineData("modes/select/0/frames", "2 +", 4, "own.json: breakout: modes.select[0].frames: Expected a number")]
    public void AFormula(string field, string formula, int position, string message)
    {
        var exception = Refused(RuleFile.With(game => Set(game, field, formula)));
        Assert.StartsWith(message, exception.Message);
        Assert.EndsWith($"(position {position} of \"{formula}\")", exception.Message);
        Assert.Equal(position, exception.Position);
    }

    [Theory]
    [InlineData("score/kind", "\"hex\"", "score.kind: 'hex' is not known")]
    [InlineData("score/surprise", "1", "score.surprise: This field is not known")]
    [InlineData("surprise", "1", "surprise: This field is not known")]
    [InlineData("score/initial", "null", "score.initial: This field is missing")]
    [InlineData("score/initial", "1.5", "score.initial: A whole number of 32 bits is expected, not 1.5")]
    [InlineData("score/formula", "12", "score.formula: A text is expected, not 12")]
    [InlineData("reward/kind", "\"gift\"", "reward.kind: 'gift' is not known")]
    [InlineData("lives/formula", "null", "lives.initial: There is no formula")]
    [InlineData("vars/orphan", """{"initial": 0, "formula": "1"}""", "order: 'orphan' is missing")]
    [InlineData("vars/bcd", """{"initial": 0, "formula": "1"}""", "vars: 'bcd' has a meaning of its own")]
    [InlineData("vars/reward", """{"initial": 0, "formula": "1"}""", "vars: 'reward' has a meaning of its own")]
    [InlineData("vars/score", """{"initial": 0, "formula": "1"}""", "vars: 'score' has a meaning of its own")]
    [InlineData(
        "order",
        """["score", "reward", "started", "terminal", "lives", "ghost"]""",
        "order: 'ghost' is defined nowhere")]
    [InlineData(
        "order", """["score", "reward", "started", "terminal", "lives", "lives"]""", "order: A name is there twice")]
    [InlineData("actions/minimal/0", "\"JUMP\"", "actions.minimal: There is no action 'JUMP'")]
    [InlineData("actions/minimal/0", "\"RESET\"", "actions.minimal: There is no action 'RESET'")]
    [InlineData("startingActions", """[{"action": "FIRE", "frames": 0}]""", "startingActions[0].frames: 0 is too low")]
    [InlineData("modes/default", "3", "modes.default: 3 is not one of the available modes")]
    [InlineData("modes/select/0/op", "\"wiggle\"", "modes.select[0].op: There is no step 'wiggle'")]
    [InlineData("modes/select/0/hold", "1", "modes.select[0].hold: This field is not known")]
    [InlineData(
        "modes/select/1",
        """{"op": "set", "var": "ghost", "formula": "1"}""",
        "modes.select[1].var: The rule has no variable 'ghost'")]
    [InlineData("controllers/left", "\"KEYBOARD\"", "controllers.left: 'KEYBOARD' is not known")]
    [InlineData("controllers/left", "\"JOYSTICK\"", "controllers.type: The two jacks say otherwise")]
    [InlineData("controllers/paddleMax", "5", "controllers.paddleMax: 5 is too low; the lowest value is 27450")]
    [InlineData("controllers/playerAInput", "\"INPT4\"", "controllers.playerAInput: 'INPT4' is not known")]
    [InlineData("console/leftDifficulty", "\"C\"", "console.leftDifficulty: 'C' is not known")]
    [InlineData("console/televisionType", "\"SEPIA\"", "console.televisionType: 'SEPIA' is not known")]
    [InlineData("display/format", "\"SECAM\"", "display.format: 'SECAM' is not known")]
    [InlineData("display/detectedFormat", "\"AUTO-DETECT\"", "display.detectedFormat: 'AUTO-DETECT' is not known")]
    [InlineData("display/phosphor", "0", "display.phosphor: True or false is expected, not 0")]
    [InlineData("display", "[]", "display: An object is expected, not []")]
    [InlineData("md5", "\"x\"", "md5: A list is expected")]
    [InlineData("md5/0", "7", "md5[0]: A text is expected, not 7")]
    public void AField(string field, string value, string message)
    {
        var exception = Refused(RuleFile.With(game => Set(game, field, JsonNode.Parse(value))));
        Assert.StartsWith("own.json: breakout: " + message, exception.Message);
        Assert.Null(exception.Position);
    }

    [Fact]
    public void TheFileItself()
    {
        Assert.StartsWith("own.json: This is no JSON file", Refused("{").Message);
        Assert.StartsWith(
            "own.json: This is no JSON file", Refused("""{"schemaVersion": 1, "schemaVersion": 1}""").Message);
        Assert.StartsWith("own.json: An object is expected", Refused("[]").Message);
        Assert.StartsWith(
            "own.json: schemaVersion: Version 2 is not understood", Refused("""{"schemaVersion": 2}""").Message);

        var file = RuleFile.With(_ => { });
        file["actions"]!.AsArray().RemoveAt(17);
        Assert.StartsWith("own.json: actions: The actions are NOOP, FIRE", Refused(file).Message);

        file = RuleFile.With(game => game.Remove("id"));
        Assert.StartsWith("own.json: games[0].id: This field is missing", Refused(file).Message);

        file = RuleFile.With(_ => { });
        file["games"]!.AsArray().Add(file["games"]![0]!.DeepClone());
        Assert.StartsWith("own.json: breakout: breakout has the id 'breakout' already", Refused(file).Message);

        file = RuleFile.With(_ => { });
        file["extra"] = 1;
        Assert.StartsWith("own.json: extra: This field is not known", Refused(file).Message);
    }

    private static GameRuleException Refused(JsonNode file) =>
        Assert.Throws<GameRuleException>(() => RuleFile.Load(file));

    private static GameRuleException Refused(string text) =>
        Assert.Throws<GameRuleException>(() => RuleFile.Load(text));

    /// <summary>Sets a field by its path; a number steps into a list.</summary>
    private static void Set(JsonNode node, string path, JsonNode? value)
    {
        var steps = path.Split('/');
        foreach (var step in steps[..^1])
        {
            node = int.TryParse(step, out var index) ? node[index]! : node[step]!;
        }

        if (int.TryParse(steps[^1], out var last))
        {
            node[last] = value;
        }
        else
        {
            node[steps[^1]] = value;
        }
    }
}
