namespace DqnAspire.Environments.Tests.Atari.Rules;

/// <summary>
/// The expression language a second time, as plainly as it can be written: one method for each precedence, computing
/// while reading, both sides of everything, a count's body read again for every byte. Nothing is shared with the
/// library.
/// </summary>
internal sealed class NaiveFormula
{
    private readonly string _text;
    private int _at;
    private int _x;

    private NaiveFormula(string text) => _text = text.Replace(" ", "") + "\0";

    public required Func<int, int> Ram { get; init; }

    public required Func<int, int> Bus { get; init; }

    public required Func<string, int> Variable { get; init; }

    public required Func<string, int> Previous { get; init; }

    public static int Evaluate(
        string text, Func<int, int> ram, Func<int, int> bus, Func<string, int> variable, Func<string, int> previous)
    {
        var formula = new NaiveFormula(text) { Ram = ram, Bus = bus, Variable = variable, Previous = previous };
        var value = formula.Conditional();
        return formula._text[formula._at] == '\0'
            ? value
            : throw new FormatException($"'{formula._text[formula._at..]}' is left of {text}");
    }

    private int Conditional()
    {
        var condition = Or();
        if (!Accept("?"))
        {
            return condition;
        }

        var whenTrue = Conditional();
        Expect(":");
        var whenFalse = Conditional();
        return condition != 0 ? whenTrue : whenFalse;
    }

    private int Or()
    {
        var value = And();
        while (Accept("||"))
        {
            var right = And();
            value = value != 0 || right != 0 ? 1 : 0;
        }

        return value;
    }

    private int And()
    {
        var value = BitOr();
        while (Accept("&&"))
        {
            var right = BitOr();
            value = value != 0 && right != 0 ? 1 : 0;
        }

        return value;
    }

    private int BitOr()
    {
        var value = BitXor();
        while (!Sees("||") && Accept("|"))
        {
            value |= BitXor();
        }

        return value;
    }

    private int BitXor()
    {
        var value = BitAnd();
        while (Accept("^"))
        {
            value ^= BitAnd();
        }

        return value;
    }

    private int BitAnd()
    {
        var value = Equality();
        while (!Sees("&&") && Accept("&"))
        {
            value &= Equality();
        }

        return value;
    }

    private int Equality()
    {
        var value = Relation();
        while (true)
        {
            if (Accept("=="))
            {
                value = value == Relation() ? 1 : 0;
            }
            else if (Accept("!="))
            {
                value = value != Relation() ? 1 : 0;
            }
            else
            {
                return value;
            }
        }
    }

    private int Relation()
    {
        var value = Shift();
        while (true)
        {
            if (Accept("<="))
            {
                value = value <= Shift() ? 1 : 0;
            }
            else if (Accept(">="))
            {
                value = value >= Shift() ? 1 : 0;
            }
            else if (Accept("<"))
            {
                value = value < Shift() ? 1 : 0;
            }
            else if (Accept(">"))
            {
                value = value > Shift() ? 1 : 0;
            }
            else
            {
                return value;
            }
        }
    }

    private int Shift()
    {
        var value = Sum();
        while (true)
        {
            if (Accept("<<"))
            {
                value <<= Sum() & 31;
            }
            else if (Accept(">>"))
            {
                value >>= Sum() & 31;
            }
            else
            {
                return value;
            }
        }
    }

    private int Sum()
    {
        var value = Product();
        while (true)
        {
            if (Accept("+"))
            {
                value += Product();
            }
            else if (Accept("-"))
            {
                value -= Product();
            }
            else
            {
                return value;
            }
        }
    }

    private int Product()
    {
        var value = Signed();
        while (true)
        {
            if (Accept("*"))
            {
                value *= Signed();
            }
            else if (Accept("/"))
            {
                var divisor = Signed();
                value = divisor == 0 ? 0 : (int)((long)value / divisor);
            }
            else if (Accept("%"))
            {
                var divisor = Signed();
                value = divisor == 0 ? 0 : (int)((long)value % divisor);
            }
            else
            {
                return value;
            }
        }
    }

    private int Signed() =>
        Accept("-") ? -Signed()
        : Accept("~") ? ~Signed()
        : Accept("!") ? (Signed() == 0 ? 1 : 0)
        : Single();

    private int Single()
    {
        if (Accept("("))
        {
            var value = Conditional();
            Expect(")");
            return value;
        }

        var word = Word();
        if (char.IsAsciiDigit(word[0]))
        {
            return Number(word);
        }

        switch (word)
        {
            case "ram" or "mem":
                Expect("[");
                var address = Number(Word());
                Expect("]");
                return word == "ram" ? Ram(address) : Bus(address % 0x2000);
            case "prev":
                Expect(".");
                return Previous(Word());
            case "x":
                return _x;
            case "bcd":
                var digits = Argument();
                return ((digits >> 4) * 10) + (digits & 0xF);
            case "blank10":
                var digit = Argument();
                return digit == 10 ? 0 : digit;
            case "s8":
                var low = Argument() & 0xFF;
                return low < 0x80 ? low : low - 0x100;
            case "min" or "max":
                var (first, second) = Arguments();
                return word == "min" ? Math.Min(first, second) : Math.Max(first, second);
            case "rng":
                Expect("(");
                Expect(")");
                return Variable(word);
            case "count" or "sum":
                return Scan(counts: word == "count");
            default:
                return Variable(word);
        }
    }

    private int Argument()
    {
        Expect("(");
        var value = Conditional();
        Expect(")");
        return value;
    }

    private (int First, int Second) Arguments()
    {
        Expect("(");
        var first = Conditional();
        Expect(",");
        var second = Conditional();
        Expect(")");
        return (first, second);
    }

    private int Scan(bool counts)
    {
        Expect("(");
        var first = Number(Word());
        Expect(",");
        var last = Number(Word());
        Expect(",");
        var (body, outer, total) = (_at, _x, 0);
        for (var address = first; address <= last; address++)
        {
            _at = body;
            _x = Ram(address);
            var value = Conditional();
            total += !counts ? value : value != 0 ? 1 : 0;
        }

        _x = outer;
        Expect(")");
        return total;
    }

    private static int Number(string word) =>
        word.StartsWith("0x", StringComparison.Ordinal) ? Convert.ToInt32(word, 16) : int.Parse(word);

    private string Word()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_')
        {
            _at++;
        }

        return _at > start ? _text[start.._at] : throw new FormatException($"No word at '{_text[start..]}'");
    }

    private bool Sees(string symbol) => string.CompareOrdinal(_text, _at, symbol, 0, symbol.Length) == 0;

    private bool Accept(string symbol)
    {
        if (!Sees(symbol))
        {
            return false;
        }

        _at += symbol.Length;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Accept(symbol))
        {
            throw new FormatException($"'{symbol}' is missing at '{_text[_at..]}'");
        }
    }
}
