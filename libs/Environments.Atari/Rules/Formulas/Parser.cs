using System.Collections.Immutable;

namespace DqnAspire.Environments.Atari.Rules.Formulas;

/// <summary>
/// Reads a formula: C's expressions over signed 32-bit numbers, by precedence climbing. Names are resolved while
/// reading, so that an unknown one is reported where it stands.
/// </summary>
internal sealed class Parser
{
    /// <summary>
    /// Longest formula, in characters. It bounds the depth of the tree, and with it the stack that compiling takes.
    /// </summary>
    private const int MaxLength = 4096;

    /// <summary>How deep brackets, conditions and signs may be nested.</summary>
    private const int MaxDepth = 100;

    private const int FirstRamAddress = 0x80;
    private const int LastRamAddress = 0xFF;
    private const int LastBusAddress = 0xFFFF;

    /// <summary>The console's bus has 13 address lines.</summary>
    private const int BusMask = 0x1FFF;

    private readonly Lexer _lexer;
    private readonly NameScope _scope;
    private Token _token;
    private int _depth;
    private int _scans;

    private Parser(string text, NameScope scope)
    {
        _lexer = new Lexer(text);
        _scope = scope;
        _token = _lexer.Next();
    }

    /// <summary>Reads a formula.</summary>
    /// <param name="text">The formula.</param>
    /// <param name="scope">What it may refer to.</param>
    /// <returns>The formula as a tree.</returns>
    /// <exception cref="FormulaException">The text is no formula, or refers to what it may not.</exception>
    public static FormulaNode Parse(string text, NameScope scope)
    {
        if (text.Length > MaxLength)
        {
            throw new FormulaException(
                $"A formula has at most {MaxLength} characters, not {text.Length}.", MaxLength + 1);
        }

        var parser = new Parser(text, scope);
        var formula = parser.Conditional();
        return parser._token.Kind == TokenKind.End ? formula : throw parser.Unexpected("an operator or the end");
    }

    private FormulaNode Conditional()
    {
        Deepen();
        var result = Binary(Syntax.LowestPrecedence);
        if (Accept("?"))
        {
            var whenTrue = Conditional();
            Expect(":");
            result = new ConditionalNode(result, whenTrue, Conditional());
        }

        _depth--;
        return result;
    }

    private FormulaNode Binary(int lowest)
    {
        var left = Unary();
        while (Syntax.Binary(_token.Text) is var (sign, precedence) && precedence >= lowest)
        {
            Take();
            left = new BinaryNode(sign, left, Binary(precedence + 1));
        }

        return left;
    }

    private FormulaNode Unary()
    {
        if (Syntax.Unary(_token.Text) is not { } sign)
        {
            return Primary();
        }

        Take();
        Deepen();
        var operand = Unary();
        _depth--;
        return new UnaryNode(sign, operand);
    }

    private FormulaNode Primary()
    {
        switch (_token.Kind)
        {
            case TokenKind.Number:
                return new ConstantNode(Take().Value);
            case TokenKind.Name:
                return Named(Take());
            case TokenKind.Symbol when Accept("("):
                var inner = Conditional();
                Expect(")");
                return inner;
            default:
                throw Unexpected("a number, a name or '('");
        }
    }

    private FormulaNode Named(Token name) => name.Text switch
    {
        "ram" => new RamNode(Byte(name, FirstRamAddress, LastRamAddress)),
        "mem" => new BusNode(Byte(name, 0, LastBusAddress) & BusMask),
        "prev" => Previous(name),
        "x" when _scans == 0 =>
            throw new FormulaException("'x' has a meaning only inside count and sum.", name.Position),
        "x" => new ScannedByteNode(),
        "mode" or "rng" when !_scope.SelectsMode =>
            throw new FormulaException($"'{name.Text}' has a meaning only while a mode is selected.", name.Position),
        "mode" => new ModeNode(),
        "rng" => Random(),
        "count" or "sum" => Scan(name),
        _ when Syntax.Function(name.Text) is var (function, arguments) => Call(function, arguments),
        _ => new VariableNode(Slot(name, _scope.Computed)),
    };

    private int Byte(Token memory, int first, int last)
    {
        NeedMemory(memory);
        Expect("[");
        var address = Address(first, last);
        Expect("]");
        return address;
    }

    private PreviousNode Previous(Token word)
    {
        if (!_scope.HasPrevious)
        {
            throw new FormulaException(
                "'prev' has a meaning only in the formulas that are evaluated in every frame.", word.Position);
        }

        Expect(".");
        var name = _token.Kind == TokenKind.Name ? Take() : throw Unexpected("a name");
        return new PreviousNode(Slot(name, _scope.Names.Length));
    }

    private RandomNode Random()
    {
        Expect("(");
        Expect(")");
        return new RandomNode();
    }

    private ScanNode Scan(Token function)
    {
        NeedMemory(function);
        Expect("(");
        var first = Address(FirstRamAddress, LastRamAddress);
        Expect(",");
        var last = Address(first, LastRamAddress);
        Expect(",");
        _scans++;
        var body = Conditional();
        _scans--;
        Expect(")");
        return new ScanNode(first, last, body, CountsOnly: function.Text == "count");
    }

    private CallNode Call(FormulaFunction function, int arguments)
    {
        var values = ImmutableArray.CreateBuilder<FormulaNode>(arguments);
        Expect("(");
        values.Add(Conditional());
        while (values.Count < arguments)
        {
            Expect(",");
            values.Add(Conditional());
        }

        Expect(")");
        return new CallNode(function, values.MoveToImmutable());
    }

    private int Slot(Token name, int computed)
    {
        var slot = _scope.Names.IndexOf(name.Text);
        if (slot < 0)
        {
            throw new FormulaException(
                $"'{name.Text}' is not known; the names in 'order' are {string.Join(", ", _scope.Names)}.",
                name.Position);
        }

        return slot < computed
            ? slot
            : throw new FormulaException(
                $"'{name.Text}' is not computed yet; prev.{name.Text} is its value after the previous frame.",
                name.Position);
    }

    private int Address(int first, int last)
    {
        if (_token.Kind != TokenKind.Number || _token.Value < first || _token.Value > last)
        {
            throw Unexpected($"an address of 0x{first:X2} to 0x{last:X2}");
        }

        return Take().Value;
    }

    private void Deepen()
    {
        if (++_depth > MaxDepth)
        {
            throw new FormulaException($"A formula is nested at most {MaxDepth} deep.", _token.Position);
        }
    }

    private void NeedMemory(Token word)
    {
        if (!_scope.HasMemory)
        {
            throw new FormulaException($"'{word.Text}' has no meaning here: memory is not read.", word.Position);
        }
    }

    private Token Take()
    {
        var taken = _token;
        _token = _lexer.Next();
        return taken;
    }

    private bool Accept(string symbol)
    {
        if (!_token.Is(symbol))
        {
            return false;
        }

        Take();
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Accept(symbol))
        {
            throw Unexpected($"'{symbol}'");
        }
    }

    private FormulaException Unexpected(string expected) =>
        new($"Expected {expected}, found {_token.Quoted}.", _token.Position);
}
