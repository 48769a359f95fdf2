namespace DqnAspire.Environments.Atari.Rules.Formulas;

/// <summary>Operators before their operand.</summary>
internal enum UnaryOperator
{
    Negate,
    Not,
    Complement,
}

/// <summary>Operators between their operands.</summary>
internal enum BinaryOperator
{
    Or,
    And,
    BitOr,
    BitXor,
    BitAnd,
    Equal,
    NotEqual,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
    ShiftLeft,
    ShiftRight,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// <summary>Functions of one or two numbers.</summary>
internal enum FormulaFunction
{
    /// <summary>Two packed decimal digits.</summary>
    Bcd,

    /// <summary>A digit of which 10 is drawn blank.</summary>
    Blank10,

    /// <summary>The low byte as a signed number.</summary>
    S8,

    /// <summary>The lesser of two.</summary>
    Min,

    /// <summary>The greater of two.</summary>
    Max,
}

/// <summary>How operators and functions are written, and how tightly operators bind: as in C.</summary>
internal static class Operators
{
    /// <summary>Weakest binding of an operator between operands.</summary>
    public const int LowestPrecedence = 1;

    /// <summary>Operators between operands; a higher precedence binds tighter, all group from the left.</summary>
    public static IReadOnlyDictionary<string, (BinaryOperator Operator, int Precedence)> Binary { get; } =
        new Dictionary<string, (BinaryOperator, int)>
        {
            ["||"] = (BinaryOperator.Or, LowestPrecedence),
            ["&&"] = (BinaryOperator.And, 2),
            ["|"] = (BinaryOperator.BitOr, 3),
            ["^"] = (BinaryOperator.BitXor, 4),
            ["&"] = (BinaryOperator.BitAnd, 5),
            ["=="] = (BinaryOperator.Equal, 6),
            ["!="] = (BinaryOperator.NotEqual, 6),
            ["<"] = (BinaryOperator.Less, 7),
            [">"] = (BinaryOperator.Greater, 7),
            ["<="] = (BinaryOperator.LessOrEqual, 7),
            [">="] = (BinaryOperator.GreaterOrEqual, 7),
            ["<<"] = (BinaryOperator.ShiftLeft, 8),
            [">>"] = (BinaryOperator.ShiftRight, 8),
            ["+"] = (BinaryOperator.Add, 9),
            ["-"] = (BinaryOperator.Subtract, 9),
            ["*"] = (BinaryOperator.Multiply, 10),
            ["/"] = (BinaryOperator.Divide, 10),
            ["%"] = (BinaryOperator.Remainder, 10),
        };

    /// <summary>Operators before their operand; they bind tighter than those between operands.</summary>
    public static IReadOnlyDictionary<string, UnaryOperator> Unary { get; } = new Dictionary<string, UnaryOperator>
    {
        ["-"] = UnaryOperator.Negate,
        ["!"] = UnaryOperator.Not,
        ["~"] = UnaryOperator.Complement,
    };

    /// <summary>Functions, with the number of their arguments.</summary>
    public static IReadOnlyDictionary<string, (FormulaFunction Function, int Arguments)> Functions { get; } =
        new Dictionary<string, (FormulaFunction, int)>
        {
            ["bcd"] = (FormulaFunction.Bcd, 1),
            ["blank10"] = (FormulaFunction.Blank10, 1),
            ["s8"] = (FormulaFunction.S8, 1),
            ["min"] = (FormulaFunction.Min, 2),
            ["max"] = (FormulaFunction.Max, 2),
        };
}
