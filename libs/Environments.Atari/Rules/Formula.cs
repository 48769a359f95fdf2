using DqnAspire.Environments.Atari.Rules.Formulas;
using DqnAspire.Environments.Atari.Rules.ModeSelection;

namespace DqnAspire.Environments.Atari.Rules;

/// <summary>
/// An expression of a game's rule. Numbers are signed, of 32 bits, and wrap; operators bind and group as in C. Nothing
/// that a formula meets makes it fail: a division by 0 gives 0, so does its remainder, and shifts use the low 5 bits of
/// their count.
/// </summary>
public sealed class Formula
{
    private readonly Lazy<FormulaCode> _code;

    /// <summary>A formula that has been read.</summary>
    /// <param name="field">The field it is in, for stack traces.</param>
    /// <param name="text">As it is written.</param>
    /// <param name="root">As a tree.</param>
    internal Formula(string field, string text, FormulaNode root)
    {
        Text = text;
        Root = root;
        _code = new Lazy<FormulaCode>(() => FormulaCompiler.CompileFormula(field, root));
    }

    /// <summary>The formula as it is written.</summary>
    public string Text { get; }

    /// <summary>The formula as a tree.</summary>
    internal FormulaNode Root { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>The value over the variables of a rule, for a formula that reads no memory.</summary>
    internal int Evaluate(int[] values) => _code.Value([], null, values, 0, null);

    /// <summary>The value during the selection of a mode.</summary>
    internal int Evaluate(int[] values, int mode, IModeSelectionHost host)
    {
        var memory = host.Memory;
        return _code.Value(memory.Ram, memory, values, mode, host);
    }
}
