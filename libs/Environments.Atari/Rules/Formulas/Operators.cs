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
internal static class Syntax
{
    /// <summary>
    /// Binds weakest of the operators between operands. A higher precedence binds tighter; all group from the left.
    /// </summary>
    public const int LowestPrecedence = 1;

    /// <summary>An operator between operands and its precedence; null for any other word.</summary>
    public static (BinaryOperator Operator, int Precedence)? Binary(string word) => word switch
    {
        "||" => (BinaryOperator.Or, LowestPrecedence),
        "&&" => (BinaryOperator.And, 2),
        "|" => (BinaryOperator.BitOr, 3),
        "^" => (BinaryOperator.BitXor, 4),
        "&" => (BinaryOperator.BitAnd, 5),
        "==" => (BinaryOperator.Equal, 6),
        "!=" => (BinaryOperator.NotEqual, 6),
        "<" => (BinaryOperator.Less, 7),
        ">" => (BinaryOperator.Greater, 7),
        "<=" => (BinaryOperator.LessOrEqual, 7),
        ">=" => (BinaryOperator.GreaterOrEqual, 7),
        "<<" => (BinaryOperator.ShiftLeft, 8),
        ">>" => (BinaryOperator.ShiftRight, 8),
        "+" => (BinaryOperator.Add, 9),
        "-" => (BinaryOperator.Subtract, 9),
        "*" => (BinaryOperator.Multiply, 10),
        "/" => (BinaryOperator.Divide, 10),
        "%" => (BinaryOperator.Remainder, 10),
        _ => null,
    };

    /// <summary>
    /// An operator before its operand, which binds tighter than those between; null for any other word.
    /// </summary>
    public static UnaryOperator? Unary(string word) => word switch
    {
        "-" => UnaryOperator.Negate,
        "!" => UnaryOperator.Not,
        "~" => UnaryOperator.Complement,
        _ => null,
    };

    /// <summary>A function and the number of its arguments; null for any other word.</summary>
    public static (FormulaFunction Function, int Arguments)? Function(string word) => word switch
    {
        "bcd" => (FormulaFunction.Bcd, 1),
        "blank10" => (FormulaFunction.Blank10, 1),
        "s8" => (FormulaFunction.S8, 1),
        "min" => (FormulaFunction.Min, 2),
        "max" => (FormulaFunction.Max, 2),
        _ => null,
    };

    /// <summary>Whether a word is reserved, so that no variable can have it as its name.</summary>
    public static bool IsReserved(string word) =>
        word is "ram" or "mem" or "prev" or "x" or "mode" or "rng" or "count" or "sum" || Function(word) is not null;
}
