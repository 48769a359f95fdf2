using System.Globalization;

namespace DqnAspire.Environments.Atari.Rules.Formulas;

/// <summary>Cuts a formula into words.</summary>
internal sealed class Lexer(string text)
{
    // Longer symbols come first, so that "<=" is not read as "<".
    private static readonly string[] Symbols =
    [
        "||", "&&", "==", "!=", "<=", ">=", "<<", ">>",
        "?", ":", "|", "^", "&", "<", ">", "+", "-", "*", "/", "%", "!", "~", "(", ")", "[", "]", ",", ".",
    ];

    private int _next;

    /// <summary>The next word; <see cref="TokenKind.End"/> again and again after the last.</summary>
    /// <exception cref="FormulaException">The text contains something that no formula has.</exception>
    public Token Next()
    {
        while (_next < text.Length && char.IsWhiteSpace(text[_next]))
        {
            _next++;
        }

        var start = _next;
        if (start == text.Length)
        {
            return new Token(TokenKind.End, "", start + 1);
        }

        if (IsWordCharacter(text[start]))
        {
            while (_next < text.Length && IsWordCharacter(text[_next]))
            {
                _next++;
            }

            var word = text[start.._next];
            return char.IsAsciiDigit(word[0])
                ? new Token(TokenKind.Number, word, start + 1, Number(word, start + 1))
                : new Token(TokenKind.Name, word, start + 1);
        }

        var symbol = Array.Find(
            Symbols, candidate => string.CompareOrdinal(text, start, candidate, 0, candidate.Length) == 0)
            ?? throw new FormulaException($"'{text[start]}' has no meaning in a formula.", start + 1);
        _next += symbol.Length;
        return new Token(TokenKind.Symbol, symbol, start + 1);
    }

    private static bool IsWordCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';

    private static int Number(string word, int position)
    {
        var isHexadecimal = word.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var (digits, style) = isHexadecimal ? (word[2..], NumberStyles.AllowHexSpecifier) : (word, NumberStyles.None);

        // C reads a leading zero as octal; no formula needs either meaning.
        var hasLeadingZero = !isHexadecimal && word is ['0', _, ..];
        if (hasLeadingZero || !long.TryParse(digits, style, CultureInfo.InvariantCulture, out var value)
            || value is < 0 or > int.MaxValue)
        {
            throw new FormulaException($"'{word}' is not a number of 0 to {int.MaxValue} (0x7FFFFFFF).", position);
        }

        return (int)value;
    }
}
