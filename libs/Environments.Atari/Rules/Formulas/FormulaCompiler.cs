using System.Collections.Immutable;
using System.Linq.Expressions;
using DqnAspire.Environments.Atari.Rules.ModeSelection;
using static System.Linq.Expressions.Expression;

namespace DqnAspire.Environments.Atari.Rules.Formulas;

/// <summary>
/// Compiles formulas through expression trees, so that the runtime's compiler sees plain arithmetic on local variables.
/// </summary>
internal sealed class FormulaCompiler
{
    private const int FirstRamAddress = 0x80;

    private static readonly Expression Zero = Constant(0);
    private static readonly Expression One = Constant(1);

    private readonly ParameterExpression _ram = Parameter(typeof(ReadOnlySpan<byte>), "ram");
    private readonly ParameterExpression _memory = Parameter(typeof(IGameMemory), "memory");
    private readonly ParameterExpression _values = Parameter(typeof(int[]), "values");
    private readonly ParameterExpression _mode = Parameter(typeof(int), "mode");
    private readonly ParameterExpression _host = Parameter(typeof(IModeSelectionHost), "host");

    /// <summary>
    /// The values of this frame by slot; empty outside a frame, where values are read from the array.
    /// </summary>
    private readonly ParameterExpression[] _frameValues;

    /// <summary>The byte at which the innermost scan is.</summary>
    private ParameterExpression? _scannedByte;

    private FormulaCompiler(int frameValues)
    {
        _frameValues = new ParameterExpression[frameValues];
        for (var slot = 0; slot < frameValues; slot++)
        {
            _frameValues[slot] = Variable(typeof(int));
        }
    }

    /// <summary>Compiles the formulas that are evaluated in every frame.</summary>
    /// <param name="name">The method's name in a stack trace.</param>
    /// <param name="formulas">The formulas by slot, which is the order of evaluation.</param>
    /// <returns>The method.</returns>
    public static FrameCode CompileFrame(string name, ImmutableArray<FormulaNode> formulas)
    {
        var compiler = new FormulaCompiler(formulas.Length);
        var values = compiler._frameValues;

        // The stores come last: until then the array holds the values of the previous frame.
        var body = Block(
            values,
            [
                .. formulas.Select((formula, slot) => Assign(values[slot], compiler.Number(formula))),
                .. values.Select((value, slot) => Assign(ArrayAccess(compiler._values, Constant(slot)), value)),
                Empty(),
            ]);
        return Lambda<FrameCode>(body, name, [compiler._ram, compiler._memory, compiler._values]).Compile();
    }

    /// <summary>Compiles a formula that is evaluated by itself.</summary>
    /// <param name="name">The method's name in a stack trace.</param>
    /// <param name="formula">The formula.</param>
    /// <returns>The method.</returns>
    public static FormulaCode CompileFormula(string name, FormulaNode formula)
    {
        var compiler = new FormulaCompiler(0);
        return Lambda<FormulaCode>(
            compiler.Number(formula),
            name,
            [compiler._ram, compiler._memory, compiler._values, compiler._mode, compiler._host]).Compile();
    }

    /// <summary>The value of a node as a number.</summary>
    private Expression Number(FormulaNode node) => node switch
    {
        ConstantNode constant => Constant(constant.Value),
        RamNode ram => RamByte(Constant(ram.Address - FirstRamAddress)),
        BusNode bus => Convert(Call(_memory, nameof(IGameMemory.Peek), null, Constant(bus.Address)), typeof(int)),
        VariableNode variable when variable.Slot < _frameValues.Length => _frameValues[variable.Slot],
        VariableNode variable => ArrayIndex(_values, Constant(variable.Slot)),
        PreviousNode previous => ArrayIndex(_values, Constant(previous.Slot)),
        ScannedByteNode => _scannedByte!,
        ModeNode => _mode,
        RandomNode => And(
            Convert(Call(_host, nameof(IModeSelectionHost.NextRandom), null), typeof(int)),
            Constant(FormulaArithmetic.RandomMask)),
        UnaryNode { Operator: UnaryOperator.Negate } negation => Negate(Number(negation.Operand)),
        UnaryNode { Operator: UnaryOperator.Complement } complement => OnesComplement(Number(complement.Operand)),
        BinaryNode { Operator: var sign } binary when Arithmetic(sign) is { } combine =>
            combine(Number(binary.Left), Number(binary.Right)),
        ConditionalNode choice => Condition(Truth(choice.Condition), Number(choice.WhenTrue), Number(choice.WhenFalse)),
        CallNode call => Function(call.Function, [.. call.Arguments.Select(Number)]),
        ScanNode scan => Scan(scan),
        UnaryNode or BinaryNode => Condition(Truth(node), One, Zero),
        _ => throw new NotSupportedException($"There is no code for {node}."),
    };

    /// <summary>Whether a node is not 0.</summary>
    private Expression Truth(FormulaNode node) => node switch
    {
        UnaryNode { Operator: UnaryOperator.Not } not => Not(Truth(not.Operand)),
        BinaryNode { Operator: BinaryOperator.And } and => AndAlso(Truth(and.Left), Truth(and.Right)),
        BinaryNode { Operator: BinaryOperator.Or } or => OrElse(Truth(or.Left), Truth(or.Right)),
        BinaryNode { Operator: var sign } binary when Comparison(sign) is { } compare =>
            compare(Number(binary.Left), Number(binary.Right)),
        _ => NotEqual(Number(node), Zero),
    };

    private static Func<Expression, Expression, Expression>? Arithmetic(BinaryOperator sign) => sign switch
    {
        BinaryOperator.BitOr => Or,
        BinaryOperator.BitXor => ExclusiveOr,
        BinaryOperator.BitAnd => And,
        BinaryOperator.ShiftLeft => (value, count) => LeftShift(value, ShiftCount(count)),
        BinaryOperator.ShiftRight => (value, count) => RightShift(value, ShiftCount(count)),
        BinaryOperator.Add => Add,
        BinaryOperator.Subtract => Subtract,
        BinaryOperator.Multiply => Multiply,
        BinaryOperator.Divide => (dividend, divisor) => CallStatic(FormulaArithmetic.Divide, dividend, divisor),
        BinaryOperator.Remainder => (dividend, divisor) => CallStatic(FormulaArithmetic.Remainder, dividend, divisor),
        _ => null,
    };

    private static Func<Expression, Expression, Expression>? Comparison(BinaryOperator sign) => sign switch
    {
        BinaryOperator.Equal => Equal,
        BinaryOperator.NotEqual => NotEqual,
        BinaryOperator.Less => LessThan,
        BinaryOperator.Greater => GreaterThan,
        BinaryOperator.LessOrEqual => LessThanOrEqual,
        BinaryOperator.GreaterOrEqual => GreaterThanOrEqual,
        _ => null,
    };

    private static Expression Function(FormulaFunction function, Expression[] arguments) => function switch
    {
        FormulaFunction.Bcd => Call(((Func<int, int>)FormulaArithmetic.Bcd).Method, arguments),
        FormulaFunction.Blank10 => Call(((Func<int, int>)FormulaArithmetic.Blank10).Method, arguments),
        FormulaFunction.S8 => Convert(Convert(arguments[0], typeof(sbyte)), typeof(int)),
        FormulaFunction.Min => CallStatic(Math.Min, arguments[0], arguments[1]),
        FormulaFunction.Max => CallStatic(Math.Max, arguments[0], arguments[1]),
        _ => throw new NotSupportedException($"There is no code for {function}."),
    };

    private static Expression CallStatic(Func<int, int, int> function, Expression first, Expression second) =>
        Call(function.Method, first, second);

    private static Expression ShiftCount(Expression count) => And(count, Constant(FormulaArithmetic.ShiftMask));

    private Expression RamByte(Expression index) =>
        Call(typeof(FormulaArithmetic), nameof(FormulaArithmetic.ByteAt), null, _ram, index);

    /// <summary>A loop over the bytes: it adds up the body, or counts where the body is not 0.</summary>
    private Expression Scan(ScanNode scan)
    {
        var index = Variable(typeof(int), "index");
        var total = Variable(typeof(int), "total");
        var outer = _scannedByte;
        var scanned = Variable(typeof(int), "scanned");
        _scannedByte = scanned;
        var addend = scan.CountsOnly ? Condition(Truth(scan.Body), One, Zero) : Number(scan.Body);
        _scannedByte = outer;

        var end = Label(typeof(int));
        return Block(
            [index, total, scanned],
            Assign(total, Zero),
            Assign(index, Constant(scan.First - FirstRamAddress)),
            Loop(
                Block(
                    Assign(scanned, RamByte(index)),
                    Assign(total, Add(total, addend)),
                    Assign(index, Add(index, One)),
                    IfThen(GreaterThan(index, Constant(scan.Last - FirstRamAddress)), Break(end, total))),
                end));
    }
}
