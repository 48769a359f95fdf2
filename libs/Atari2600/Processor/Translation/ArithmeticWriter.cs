using System.Reflection.Emit;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>Writes what instructions compute, with its flags, on the locals of a method.</summary>
internal sealed class ArithmeticWriter(CodeWriter writer)
{
    private readonly CodeWriter _writer = writer;

    /// <summary>Loads a register from a local, with N and Z.</summary>
    public void LoadRegister(LocalBuilder register, LocalBuilder source)
    {
        _writer.Move(register, source);
        _writer.SetNZ(register);
    }

    /// <summary>Adds 1 or -1 to an 8-bit register or value, with N and Z.</summary>
    public void Step(LocalBuilder register, int amount)
    {
        _writer.Load(register);
        _writer.Emit(OpCodes.Add, amount);
        _writer.Emit(OpCodes.And, 0xFF);
        _writer.Store(register);
        _writer.SetNZ(register);
    }

    /// <summary>Combines accumulator and value with AND, OR or XOR.</summary>
    public void Combine(OpCode opcode)
    {
        _writer.Load(_writer.A);
        _writer.Load(_writer.Value);
        _writer.Emit(opcode);
        _writer.Store(_writer.A);
        _writer.SetNZ(_writer.A);
    }

    /// <summary>Flags of BIT: N and V from the value, Z from the accumulator and the value.</summary>
    public void TestBits()
    {
        var w = _writer;
        w.Move(w.N, w.Value);
        w.Load(w.Value);
        w.Emit(OpCodes.And, 0x40);
        w.Store(w.V);
        w.Load(w.A);
        w.Load(w.Value);
        w.Emit(OpCodes.And);
        w.Store(w.Z);
    }

    /// <summary>Flags of a register minus the value.</summary>
    public void Compare(LocalBuilder register)
    {
        var w = _writer;
        w.Load(register);
        w.Load(w.Value);
        w.Emit(OpCodes.Sub);
        w.Store(w.Scratch);
        w.Load(w.Scratch);
        w.Emit(OpCodes.Not);
        w.Emit(OpCodes.Shr_Un, 31);
        w.Store(w.C);
        w.Load(w.Scratch);
        w.Emit(OpCodes.And, 0xFF);
        w.Store(w.Z);
        w.Move(w.N, w.Z);
    }

    /// <summary>ADC or SBC in binary mode.</summary>
    public void AddToA(bool subtract)
    {
        var w = _writer;
        if (subtract)
        {
            w.Load(w.Value);
            w.Emit(OpCodes.Xor, 0xFF);
            w.Store(w.Value);
        }

        w.Load(w.A);
        w.Load(w.Value);
        w.Emit(OpCodes.Add);
        w.Load(w.C);
        w.Emit(OpCodes.Add);
        w.Store(w.Scratch);

        // Overflow: the operands' signs agree and the result's differs.
        w.Load(w.A);
        w.Load(w.Value);
        w.Emit(OpCodes.Xor);
        w.Emit(OpCodes.Not);
        w.Load(w.A);
        w.Load(w.Scratch);
        w.Emit(OpCodes.Xor);
        w.Emit(OpCodes.And);
        w.Emit(OpCodes.And, 0x80);
        w.Store(w.V);
        w.Load(w.Scratch);
        w.Emit(OpCodes.Shr, 8);
        w.Store(w.C);
        w.Load(w.Scratch);
        w.Emit(OpCodes.And, 0xFF);
        w.Store(w.A);
        w.SetNZ(w.A);
    }

    /// <summary>Shifts or rotates the accumulator.</summary>
    public void ShiftA(Operation operation)
    {
        _writer.Move(_writer.Value, _writer.A);
        Shift(operation);
        _writer.Move(_writer.A, _writer.Value);
    }

    /// <summary>Shifts or rotates the value.</summary>
    public void Shift(Operation operation)
    {
        var w = _writer;
        if (operation is Operation.Asl or Operation.Rol)
        {
            w.Load(w.Value);
            w.Emit(OpCodes.Shl, 1);
            if (operation == Operation.Rol)
            {
                w.Load(w.C);
                w.Emit(OpCodes.Or);
            }

            w.Store(w.Value);
            w.Load(w.Value);
            w.Emit(OpCodes.Shr, 8);
            w.Store(w.C);
            w.Load(w.Value);
            w.Emit(OpCodes.And, 0xFF);
        }
        else
        {
            if (operation == Operation.Ror)
            {
                w.Load(w.Value);
                w.Load(w.C);
                w.Emit(OpCodes.Shl, 8);
                w.Emit(OpCodes.Or);
                w.Store(w.Value);
            }

            w.Load(w.Value);
            w.Emit(OpCodes.And, 1);
            w.Store(w.C);
            w.Load(w.Value);
            w.Emit(OpCodes.Shr, 1);
        }

        w.Store(w.Value);
        w.SetNZ(w.Value);
    }
}
