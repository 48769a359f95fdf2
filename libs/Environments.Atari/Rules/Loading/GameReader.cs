namespace DqnAspire.Environments.Atari.Rules.Loading;

/// <summary>Reads the rule of one game.</summary>
internal static class GameReader
{
    /// <summary>Reads a game.</summary>
    /// <param name="game">The game.</param>
    /// <returns>Its rule; nothing is compiled yet.</returns>
    /// <exception cref="GameRuleException">Something in it cannot be understood.</exception>
    public static GameRule Read(JsonFields game)
    {
        var order = game.Texts("order");
        var formulas = new FormulaReader(order);
        var variables = new VariableReader(formulas);
        var scoreKind = Score(game.Optional("score")?.Fields, variables);
        var rewardKind = Reward(game.Object("reward"), variables);
        var reportedLives = Lives(game.Object("lives"), variables, formulas);
        Terminal(game.Object("terminal"), variables);
        variables.AddOwn(game);
        var actions = game.Object("actions");

        var rule = new GameRule
        {
            Id = game.Text("id"),
            Name = game.Text("name"),
            IsAtari57 = game.Flag("atari57"),
            Checksums = game.Texts("md5"),
            Cartridge = HardwareReader.Cartridge(game.Object("cartridge")),
            Display = HardwareReader.Display(game.Object("display")),
            Controllers = HardwareReader.Controllers(game.Object("controllers")),
            Switches = HardwareReader.Switches(game.Object("console")),
            ScoreKind = scoreKind,
            RewardKind = rewardKind,
            Variables = variables.InOrder(game, order),
            ReportedLives = reportedLives,
            MinimalActions = ActionReader.Actions(actions, "minimal"),
            IllegalActions = ActionReader.Actions(actions, "illegal"),
            StartingActions = [.. game.Items("startingActions").Select(item => StartingActionOf(item.Fields))],
            Modes = new ModeReader(formulas).Read(game.Object("modes")),
            Difficulties = Difficulties(game.Object("difficulties")),
            Notes = game.Texts("special"),
        };
        actions.Close();
        game.Skip("source");
        game.Close();
        return rule;
    }

    private static ScoreKind Score(JsonFields? fields, VariableReader variables)
    {
        if (fields is null)
        {
            return ScoreKind.None;
        }

        var kind = fields.Text("kind") switch
        {
            "bcd" => ScoreKind.Bcd,
            "digits" => ScoreKind.Digits,
            "difference" => ScoreKind.Difference,
            "binary" => ScoreKind.Binary,
            "time" => ScoreKind.Time,
            "formula" => ScoreKind.Formula,
            var other => throw fields.Unknown("kind", other),
        };
        variables.Add(RuleVariable.Score, fields.Required("formula"), fields.Integer("initial"));
        fields.Skip("bytes", "memory", "masks", "digits", "digitRule", "player", "opponent", "multiplier", "note");
        fields.Close();
        return kind;
    }

    private static RewardKind Reward(JsonFields fields, VariableReader variables)
    {
        var kind = fields.Text("kind") switch
        {
            "scoreDelta" => RewardKind.ScoreDelta,
            "negatedScoreDelta" => RewardKind.NegatedScoreDelta,
            "scoreDeltaWrapped" => RewardKind.ScoreDeltaWrapped,
            "scoreDeltaClamped" => RewardKind.ScoreDeltaClamped,
            "scoreDeltaGated" => RewardKind.ScoreDeltaGated,
            "event" => RewardKind.Event,
            var other => throw fields.Unknown("kind", other),
        };
        variables.Add(RuleVariable.Reward, fields.Required("formula"), initialValue: 0);
        fields.Skip("wrapAt", "clampMin", "clampMax", "ignoreDelta", "sign", "note");
        fields.Close();
        return kind;
    }

    private static Formula Lives(JsonFields fields, VariableReader variables, FormulaReader formulas)
    {
        var initialValue = fields.Optional("initial")?.Integer;
        if (fields.Optional("formula") is { } formula)
        {
            variables.Add(RuleVariable.Lives, formula, initialValue);
        }
        else if (initialValue is not null)
        {
            throw fields.Error("initial", "There is no formula to go with it.");
        }

        var reported = formulas.Report(fields.Required("reported"));
        fields.Skip("note");
        fields.Close();
        return reported;
    }

    private static void Terminal(JsonFields fields, VariableReader variables)
    {
        variables.Add(RuleVariable.Terminal, fields.Required("formula"), initialValue: 0);
        fields.Close();
    }

    private static StartingAction StartingActionOf(JsonFields fields)
    {
        var action = new StartingAction(
            ActionReader.ActionOrReset(fields, "action"), fields.Integer("frames", lowest: 1));
        fields.Close();
        return action;
    }

    private static DifficultyRule Difficulties(JsonFields fields)
    {
        var difficulties = new DifficultyRule(fields.Integers("available"), fields.Integer("default"));
        fields.Skip("note");
        fields.Close();
        return difficulties;
    }
}
