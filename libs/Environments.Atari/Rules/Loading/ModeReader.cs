using System.Collections.Immutable;
using DqnAspire.Environments.Atari.Rules.ModeSelection;

namespace DqnAspire.Environments.Atari.Rules.Loading;

/// <summary>Reads the modes of a game.</summary>
internal sealed class ModeReader(FormulaReader formulas)
{
    public ModeRule Read(JsonFields fields)
    {
        var available = fields.Integers("available");
        var first = fields.Integer("default");
        if (!available.Contains(first))
        {
            throw fields.Error("default", $"{first} is not one of the available modes.");
        }

        ImmutableArray<SelectionStep> steps = fields.Optional("select") is { } select
            ? [.. select.Items.Select(item => Step(item.Fields))]
            : [];
        fields.Skip("note");
        fields.Close();
        return new ModeRule(available, first, steps);
    }

    private SelectionStep Step(JsonFields fields)
    {
        var operation = fields.Text("op");
        SelectionStep step = operation switch
        {
            "softReset" => new SoftResetStep(),
            "pressSelect" => new PressSelectStep(fields.Integer("frames", lowest: 1)),
            "pressSelectUntil" => new PressSelectUntilStep(
                Formula(fields, "until"),
                Formula(fields, "frames"),
                ActionReader.OptionalActions(fields, "thenAct"),
                fields.Optional("maxPresses")?.Integer),
            "act" => new ActStep(ActionReader.Action(fields, "action"), fields.Integer("count", lowest: 1)),
            "actUntil" => new ActUntilStep(Formula(fields, "until"), ActionReader.Actions(fields, "actions")),
            "actUntilChanged" =>
                new ActUntilChangedStep(Formula(fields, "read"), ActionReader.Actions(fields, "actions")),
            "setOption" => new SetOptionStep(
                Formula(fields, "wanted"),
                Formula(fields, "state"),
                ActionReader.Actions(fields, "onActions"),
                ActionReader.Actions(fields, "offActions")),
            "set" => new SetStep(Variable(fields, "var"), Formula(fields, "formula")),
            _ => throw fields.Error("op", $"There is no step '{operation}'."),
        };
        fields.Close();
        return step;
    }

    private Formula Formula(JsonFields fields, string name) => formulas.Selection(fields.Required(name));

    private int Variable(JsonFields fields, string name)
    {
        var variable = fields.Text(name);
        var index = formulas.IndexOf(variable);
        return index >= 0 ? index : throw fields.Error(name, $"The rule has no variable '{variable}'.");
    }
}
