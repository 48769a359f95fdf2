using System.Collections.Immutable;
using DqnAspire.Environments.Atari.Rules.Formulas;

namespace DqnAspire.Environments.Atari.Rules.Loading;

/// <summary>Gathers the variables of a game from the fields they are spread over, and puts them in order.</summary>
internal sealed class VariableReader(FormulaReader formulas)
{
    private readonly Dictionary<string, Definition> _definitions = [];

    /// <summary>Adds a variable.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="formula">The formula that defines it.</param>
    /// <param name="initialValue">Its value at a reset; null when a reset leaves it alone.</param>
    public void Add(string name, JsonValue formula, int? initialValue) =>
        _definitions.Add(name, new Definition(formula, initialValue));

    /// <summary>Adds the variables of a game that only this game has.</summary>
    /// <param name="game">The game.</param>
    public void AddOwn(JsonFields game)
    {
        var own = game.Object("vars");
        foreach (var name in own.Unread)
        {
            if (Syntax.IsReserved(name) || RuleVariable.IsReserved(name))
            {
                throw game.Error("vars", $"'{name}' has a meaning of its own and cannot be the name of a variable.");
            }

            var fields = own.Object(name);
            Add(name, fields.Required("formula"), fields.Optional("initial")?.Integer);
            fields.Close();
        }
    }

    /// <summary>The variables in the order of evaluation.</summary>
    /// <param name="game">The game.</param>
    /// <param name="order">Their names.</param>
    /// <returns>The variables.</returns>
    /// <exception cref="GameRuleException">
    /// The order has other names than there are variables, or a formula is none.
    /// </exception>
    public ImmutableArray<RuleVariable> InOrder(JsonFields game, ImmutableArray<string> order)
    {
        if (_definitions.Keys.FirstOrDefault(name => !order.Contains(name)) is { } missing)
        {
            throw game.Error("order", $"'{missing}' is missing.");
        }

        if (order.FirstOrDefault(name => !_definitions.ContainsKey(name)) is { } unknown)
        {
            throw game.Error("order", $"'{unknown}' is defined nowhere.");
        }

        return order.Distinct().Count() == order.Length
            ? [.. order.Select(Variable)]
            : throw game.Error("order", "A name is there twice.");
    }

    private RuleVariable Variable(string name, int slot)
    {
        var definition = _definitions[name];
        return new RuleVariable(name, formulas.Frame(definition.Formula, slot), definition.InitialValue);
    }

    private sealed record Definition(JsonValue Formula, int? InitialValue);
}
