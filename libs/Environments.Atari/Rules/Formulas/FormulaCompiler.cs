using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using DqnAspire.Environments.Atari.Rules.ModeSelection;

namespace DqnAspire.Environments.Atari.Rules.Formulas;

/// <summary>Turns formulas into methods, so that the runtime's compiler sees plain arithmetic on locals.</summary>
internal sealed class FormulaCompiler
{
    // Places of the arguments of FrameCode and FormulaCode.
    private const byte RamArgument = 0;
    private const byte MemoryArgument = 1;
    private const byte ValuesArgument = 2;
    private const byte ModeArgument = 3;
    private const byte HostArgument = 4;

    private const int FirstRamAddress = 0x80;

    private static readonly MethodInfo RamByte = typeof(ReadOnlySpan<byte>).GetMethod("get_Item")!;
    private static readonly MethodInfo Peek = typeof(IGameMemory).GetMethod(nameof(IGameMemory.Peek))!;
    private static readonly MethodInfo NextRandom = typeof(IModeSelectionHost).GetMethod(nameof(IModeSelectionHost.NextRandom))!;
    private static readonly MethodInfo Min = ((Func<int, int, int>)Math.Min).Method;
    private static readonly MethodInfo Max = ((Func<int, int, int>)Math.Max).Method;
    private static readonly MethodInfo Divide = ((Func<int, int, int>)FormulaArithmetic.Divide).Method;
    private static readonly MethodInfo Remainder = ((Func<int, int, int>)FormulaArithmetic.Remainder).Method;
    private static readonly MethodInfo Bcd = ((Func<int, int>)FormulaArithmetic.Bcd).Method;
    private static readonly MethodInfo Blank10 = ((Func<int, int>)FormulaArithmetic.Blank10).Method;

    private readonly ILGenerator _il;

    /// <summary>The values of this frame by slot; null outside a frame, where values are read from the array.</summary>
    private readonly LocalBuilder[]? _frameValues;

    /// <summary>The byte that the innermost scan is at.</summary>
    private LocalBuilder? _scannedByte;

    private FormulaCompiler(ILGenerator il, LocalBuilder[]? frameValues)
    {
        _il = il;
        _frameValues = frameValues;
    }

    /// <summary>Compiles the formulas that are evaluated in every frame.</summary>
    /// <param name="name">What the method is called in a stack trace.</param>
    /// <param name="formulas">The formulas by slot, which is the order of evaluation.</param>
    /// <returns>The method.</returns>
    public static FrameCode CompileFrame(string name, ImmutableArray<FormulaNode> formulas)
    {
        var method = NewMethod(name, typeof(void), [typeof(ReadOnlySpan<byte>), typeof(IGameMemory), typeof(int[])]);
        var il = method.GetILGenerator();
        var values = new LocalBuilder[formulas.Length];
        var compiler = new FormulaCompiler(il, values);
        for (var slot = 0; slot < formulas.Length; slot++)
        {
            values[slot] = il.DeclareLocal(typeof(int));
            compiler.Emit(formulas[slot]);
            il.Emit(OpCodes.Stloc, values[slot]);
        }

        // Only now: until here the array holds the values of the previous frame.
        for (var slot = 0; slot < formulas.Length; slot++)
        {
            il.Emit(OpCodes.Ldarg_S, ValuesArgument);
            il.Emit(OpCodes.Ldc_I4, slot);
            il.Emit(OpCodes.Ldloc, values[slot]);
            il.Emit(OpCodes.Stelem_I4);
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<FrameCode>();
    }

    /// <summary>Compiles a formula that is evaluated by itself.</summary>
    /// <param name="name">What the method is called in a stack trace.</param>
    /// <param name="formula">The formula.</param>
    /// <returns>The method.</returns>
    public static FormulaCode CompileFormula(string name, FormulaNode formula)
    {
        var method = NewMethod(
            name,
            typeof(int),
            [typeof(ReadOnlySpan<byte>), typeof(IGameMemory), typeof(int[]), typeof(int), typeof(IModeSelectionHost)]);
        var il = method.GetILGenerator();
        new FormulaCompiler(il, frameValues: null).Emit(formula);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<FormulaCode>();
    }

    private static DynamicMethod NewMethod(string name, Type result, Type[] arguments) =>
        new(name, result, arguments, typeof(FormulaCompiler).Module, skipVisibility: true);

    private void Emit(FormulaNode node)
    {
        switch (node)
        {
            case ConstantNode constant:
                _il.Emit(OpCodes.Ldc_I4, constant.Value);
                break;
            case RamNode ram:
                _il.Emit(OpCodes.Ldarga_S, RamArgument);
                _il.Emit(OpCodes.Ldc_I4, ram.Address - FirstRamAddress);
                EmitRamByte();
                break;
            case BusNode bus:
                _il.Emit(OpCodes.Ldarg_S, MemoryArgument);
                _il.Emit(OpCodes.Ldc_I4, bus.Address);
                _il.Emit(OpCodes.Callvirt, Peek);
                break;
            case VariableNode variable when _frameValues is not null:
                _il.Emit(OpCodes.Ldloc, _frameValues[variable.Slot]);
                break;
            case VariableNode variable:
                EmitStoredValue(variable.Slot);
                break;
            case PreviousNode previous:
                EmitStoredValue(previous.Slot);
                break;
            case ScannedByteNode:
                _il.Emit(OpCodes.Ldloc, _scannedByte!);
                break;
            case ModeNode:
                _il.Emit(OpCodes.Ldarg_S, ModeArgument);
                break;
            case RandomNode:
                _il.Emit(OpCodes.Ldarg_S, HostArgument);
                _il.Emit(OpCodes.Callvirt, NextRandom);
                _il.Emit(OpCodes.Ldc_I4, FormulaArithmetic.RandomMask);
                _il.Emit(OpCodes.And);
                break;
            case UnaryNode unary:
                Emit(unary.Operand);
                EmitUnary(unary.Operator);
                break;
            case BinaryNode { Operator: BinaryOperator.And } and:
                EmitConditional(and.Left, () => EmitTruth(and.Right), () => _il.Emit(OpCodes.Ldc_I4_0));
                break;
            case BinaryNode { Operator: BinaryOperator.Or } or:
                EmitConditional(or.Left, () => _il.Emit(OpCodes.Ldc_I4_1), () => EmitTruth(or.Right));
                break;
            case BinaryNode binary:
                Emit(binary.Left);
                Emit(binary.Right);
                EmitBinary(binary.Operator);
                break;
            case ConditionalNode choice:
                EmitConditional(choice.Condition, () => Emit(choice.WhenTrue), () => Emit(choice.WhenFalse));
                break;
            case CallNode call:
                foreach (var argument in call.Arguments)
                {
                    Emit(argument);
                }

                EmitFunction(call.Function);
                break;
            case ScanNode scan:
                EmitScan(scan);
                break;
            default:
                throw new NotSupportedException($"There is no code for {node}.");
        }
    }

    private void EmitRamByte()
    {
        _il.Emit(OpCodes.Call, RamByte);
        _il.Emit(OpCodes.Ldind_U1);
    }

    private void EmitStoredValue(int slot)
    {
        _il.Emit(OpCodes.Ldarg_S, ValuesArgument);
        _il.Emit(OpCodes.Ldc_I4, slot);
        _il.Emit(OpCodes.Ldelem_I4);
    }

    private void EmitUnary(UnaryOperator sign)
    {
        switch (sign)
        {
            case UnaryOperator.Negate:
                _il.Emit(OpCodes.Neg);
                break;
            case UnaryOperator.Not:
                EmitIsZero();
                break;
            case UnaryOperator.Complement:
                _il.Emit(OpCodes.Not);
                break;
            default:
                throw new NotSupportedException($"There is no code for {sign}.");
        }
    }

    private void EmitBinary(BinaryOperator sign)
    {
        switch (sign)
        {
            case BinaryOperator.BitOr:
                _il.Emit(OpCodes.Or);
                break;
            case BinaryOperator.BitXor:
                _il.Emit(OpCodes.Xor);
                break;
            case BinaryOperator.BitAnd:
                _il.Emit(OpCodes.And);
                break;
            case BinaryOperator.Equal:
                _il.Emit(OpCodes.Ceq);
                break;
            case BinaryOperator.NotEqual:
                _il.Emit(OpCodes.Ceq);
                EmitIsZero();
                break;
            case BinaryOperator.Less:
                _il.Emit(OpCodes.Clt);
                break;
            case BinaryOperator.Greater:
                _il.Emit(OpCodes.Cgt);
                break;
            case BinaryOperator.LessOrEqual:
                _il.Emit(OpCodes.Cgt);
                EmitIsZero();
                break;
            case BinaryOperator.GreaterOrEqual:
                _il.Emit(OpCodes.Clt);
                EmitIsZero();
                break;
            case BinaryOperator.ShiftLeft:
                EmitShift(OpCodes.Shl);
                break;
            case BinaryOperator.ShiftRight:
                EmitShift(OpCodes.Shr);
                break;
            case BinaryOperator.Add:
                _il.Emit(OpCodes.Add);
                break;
            case BinaryOperator.Subtract:
                _il.Emit(OpCodes.Sub);
                break;
            case BinaryOperator.Multiply:
                _il.Emit(OpCodes.Mul);
                break;
            case BinaryOperator.Divide:
                _il.Emit(OpCodes.Call, Divide);
                break;
            case BinaryOperator.Remainder:
                _il.Emit(OpCodes.Call, Remainder);
                break;
            default:
                throw new NotSupportedException($"There is no code for {sign}.");
        }
    }

    private void EmitShift(OpCode shift)
    {
        _il.Emit(OpCodes.Ldc_I4, FormulaArithmetic.ShiftMask);
        _il.Emit(OpCodes.And);
        _il.Emit(shift);
    }

    private void EmitFunction(FormulaFunction function)
    {
        switch (function)
        {
            case FormulaFunction.Bcd:
                _il.Emit(OpCodes.Call, Bcd);
                break;
            case FormulaFunction.Blank10:
                _il.Emit(OpCodes.Call, Blank10);
                break;
            case FormulaFunction.S8:
                _il.Emit(OpCodes.Conv_I1);
                break;
            case FormulaFunction.Min:
                _il.Emit(OpCodes.Call, Min);
                break;
            case FormulaFunction.Max:
                _il.Emit(OpCodes.Call, Max);
                break;
            default:
                throw new NotSupportedException($"There is no code for {function}.");
        }
    }

    private void EmitIsZero()
    {
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Ceq);
    }

    /// <summary>1 when the value is not 0.</summary>
    private void EmitTruth(FormulaNode node)
    {
        Emit(node);
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Cgt_Un);
    }

    private void EmitConditional(FormulaNode condition, Action emitWhenTrue, Action emitWhenFalse)
    {
        var whenFalse = _il.DefineLabel();
        var end = _il.DefineLabel();
        Emit(condition);
        _il.Emit(OpCodes.Brfalse, whenFalse);
        emitWhenTrue();
        _il.Emit(OpCodes.Br, end);
        _il.MarkLabel(whenFalse);
        emitWhenFalse();
        _il.MarkLabel(end);
    }

    private void EmitScan(ScanNode scan)
    {
        var index = _il.DeclareLocal(typeof(int));
        var total = _il.DeclareLocal(typeof(int));
        var outer = _scannedByte;
        _scannedByte = _il.DeclareLocal(typeof(int));
        var next = _il.DefineLabel();

        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Stloc, total);
        _il.Emit(OpCodes.Ldc_I4, scan.First - FirstRamAddress);
        _il.Emit(OpCodes.Stloc, index);

        _il.MarkLabel(next);
        _il.Emit(OpCodes.Ldarga_S, RamArgument);
        _il.Emit(OpCodes.Ldloc, index);
        EmitRamByte();
        _il.Emit(OpCodes.Stloc, _scannedByte);
        if (scan.CountsOnly)
        {
            EmitTruth(scan.Body);
        }
        else
        {
            Emit(scan.Body);
        }

        _il.Emit(OpCodes.Ldloc, total);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, total);
        _il.Emit(OpCodes.Ldloc, index);
        _il.Emit(OpCodes.Ldc_I4_1);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, index);
        _il.Emit(OpCodes.Ldloc, index);
        _il.Emit(OpCodes.Ldc_I4, scan.Last - FirstRamAddress);
        _il.Emit(OpCodes.Ble, next);
        _il.Emit(OpCodes.Ldloc, total);
        _scannedByte = outer;
    }
}
