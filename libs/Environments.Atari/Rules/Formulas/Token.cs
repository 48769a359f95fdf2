namespace DqnAspire.Environments.Atari.Rules.Formulas;

/// <summary>The kinds of words in a formula.</summary>
internal enum TokenKind
{
    /// <summary>After the last word.</summary>
    End,

    /// <summary>A decimal or hexadecimal number.</summary>
    Number,

    /// <summary>Letters, digits and underscores, not starting with a digit.</summary>
    Name,

    /// <summary>An operator, a bracket, a comma or a dot.</summary>
    Symbol,
}

/// <summary>A word of a formula.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">As it is written; empty for <see cref="TokenKind.End"/>.</param>
/// <param name="Position">Its first character, from 1.</param>
/// <param name="Value">What a number is worth.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position, int Value = 0)
{
    /// <summary>The word as an error message quotes it.</summary>
    public string Quoted => Kind == TokenKind.End ? "the end" : $"'{Text}'";

    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
}
