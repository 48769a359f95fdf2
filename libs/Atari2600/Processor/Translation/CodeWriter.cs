using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>
/// The method that a region becomes: its arguments and locals, and a few phrases of IL that instructions are made of.
/// Registers are locals that are loaded at the start and stored at the end.
/// </summary>
internal sealed unsafe class CodeWriter
{
    private const int EntriesArgument = 0;
    private const int ContextArgument = 1;
    private const int LeftArgument = 2;

    private readonly DynamicMethod _method;
    private readonly (LocalBuilder Local, string Field)[] _registers;
    private readonly LocalBuilder _zeroPage;
    private readonly LocalBuilder _code;

    public CodeWriter(string name)
    {
        _method = new DynamicMethod(
            name, typeof(
                int), [typeof(ushort[]), typeof(CodeContext),
                typeof(int)], typeof(CodeWriter).Module, skipVisibility: true);
        Il = _method.GetILGenerator(4096);
        (A, X, Y, S, N, Z, C, V) = (
            Integer(), Integer(), Integer(), Integer(), Integer(), Integer(), Integer(), Integer());
        (DataBus, Cycles, PC) = (Integer(), Integer(), Integer());
        (Value, Address, Scratch) = (Integer(), Integer(), Integer());
        _zeroPage = Il.DeclareLocal(typeof(byte*));
        _code = Il.DeclareLocal(typeof(byte*));
        _registers =
        [
            (A, nameof(CpuState.A)), (X, nameof(CpuState.X)), (Y, nameof(CpuState.Y)), (S, nameof(CpuState.S)),
            (PC, nameof(CpuState.PC)), (N, nameof(CpuState.N)), (Z, nameof(CpuState.Z)), (C, nameof(CpuState.C)),
            (V, nameof(CpuState.V)), (DataBus, nameof(CpuState.DataBus)), (Cycles, nameof(CpuState.Cycles)),
        ];
    }

    public ILGenerator Il { get; }

    public LocalBuilder A { get; }

    public LocalBuilder X { get; }

    public LocalBuilder Y { get; }

    public LocalBuilder S { get; }

    public LocalBuilder N { get; }

    public LocalBuilder Z { get; }

    public LocalBuilder C { get; }

    public LocalBuilder V { get; }

    public LocalBuilder DataBus { get; }

    public LocalBuilder Cycles { get; }

    public LocalBuilder PC { get; }

    /// <summary>The operand's value.</summary>
    public LocalBuilder Value { get; }

    /// <summary>The operand's address, where it is not known before.</summary>
    public LocalBuilder Address { get; }

    public LocalBuilder Scratch { get; }

    public Label NewLabel() => Il.DefineLabel();

    public void Mark(Label label) => Il.MarkLabel(label);

    public void Load(LocalBuilder local) => Il.Emit(OpCodes.Ldloc, local);

    public void Store(LocalBuilder local) => Il.Emit(OpCodes.Stloc, local);

    public void Constant(int value) => Il.Emit(OpCodes.Ldc_I4, value);

    public void Emit(OpCode opcode) => Il.Emit(opcode);

    public void Emit(OpCode opcode, Label label) => Il.Emit(opcode, label);

    /// <summary>An operation of the value on the stack and a constant.</summary>
    public void Emit(OpCode opcode, int constant)
    {
        Constant(constant);
        Emit(opcode);
    }

    public void Move(LocalBuilder target, LocalBuilder source)
    {
        Load(source);
        Store(target);
    }

    public void Set(LocalBuilder target, int value)
    {
        Constant(value);
        Store(target);
    }

    /// <summary>Adds a constant to a local.</summary>
    public void Add(LocalBuilder target, int amount)
    {
        if (amount != 0)
        {
            Load(target);
            Emit(OpCodes.Add, amount);
            Store(target);
        }
    }

    /// <summary>N and Z follow a register.</summary>
    public void SetNZ(LocalBuilder source)
    {
        Move(N, source);
        Move(Z, source);
    }

    /// <summary>Loads how many instructions may still be executed.</summary>
    public void LoadLeft() => Il.Emit(OpCodes.Ldarg, (short)LeftArgument);

    public void StoreLeft() => Il.Emit(OpCodes.Starg, (short)LeftArgument);

    /// <summary>Counts executed instructions.</summary>
    public void Count(int instructions)
    {
        if (instructions != 0)
        {
            LoadLeft();
            Emit(OpCodes.Sub, instructions);
            StoreLeft();
        }
    }

    /// <summary>Pushes the entry numbers, an array by the offset of the address in the run.</summary>
    public void LoadEntries() => Il.Emit(OpCodes.Ldarg, (short)EntriesArgument);

    public void LoadBus() => LoadContext(nameof(CodeContext.Bus));

    public void LoadTia() => LoadContext(nameof(CodeContext.Tia));

    public void LoadRiot() => LoadContext(nameof(CodeContext.Riot));

    /// <summary>Calls one of <see cref="ChipMethods"/>; its arguments are on the stack.</summary>
    public void Call(MethodInfo method) => Il.Emit(OpCodes.Call, method);

    /// <summary>Pushes the place of a byte in page zero.</summary>
    public void LoadZeroPageAddress(int address)
    {
        Load(_zeroPage);
        Emit(OpCodes.Add, address);
    }

    /// <summary>Pushes the place of the byte in page zero whose address is in a local.</summary>
    public void LoadZeroPageAddress(LocalBuilder address)
    {
        Load(_zeroPage);
        Load(address);
        Emit(OpCodes.Add);
    }

    /// <summary>Offset in the run on the stack: replaces it by the byte there.</summary>
    public void LoadCodeByte()
    {
        Load(_code);
        Emit(OpCodes.Add);
        Emit(OpCodes.Ldind_U1);
    }

    /// <summary>Jumps if the instruction was the frame's last one.</summary>
    public void BranchIfEnded(Label label)
    {
        LoadContext(nameof(CodeContext.Frame));
        Il.Emit(OpCodes.Ldfld, typeof(FrameState).GetField(nameof(FrameState.Ended))!);
        Emit(OpCodes.Brtrue, label);
    }

    /// <summary>Jumps if the memory map changed.</summary>
    public void BranchIfRemapped(Label label)
    {
        LoadContext(nameof(CodeContext.Run));
        Il.Emit(OpCodes.Ldfld, typeof(CodeRun).GetField(nameof(CodeRun.Length))!);
        Emit(OpCodes.Brfalse, label);
    }

    /// <summary>Sets a field of the processor's state that is not kept in a local.</summary>
    public void SetState(string field, int value)
    {
        LoadContext(nameof(CodeContext.Cpu));
        Constant(value);
        Il.Emit(OpCodes.Stfld, typeof(CpuState).GetField(field)!);
    }

    public void LoadRegisters()
    {
        LoadContext(nameof(CodeContext.ZeroPage));
        Store(_zeroPage);
        LoadContext(nameof(CodeContext.Memory));
        LoadContext(nameof(CodeContext.Run));
        Il.Emit(OpCodes.Ldfld, typeof(CodeRun).GetField(nameof(CodeRun.Offset))!);
        Emit(OpCodes.Add);
        Store(_code);
        foreach ((var local, var field) in _registers)
        {
            LoadContext(nameof(CodeContext.Cpu));
            Il.Emit(OpCodes.Ldfld, typeof(CpuState).GetField(field)!);
            Store(local);
        }
    }

    public void StoreRegisters()
    {
        foreach ((var local, var field) in _registers)
        {
            LoadContext(nameof(CodeContext.Cpu));
            Load(local);
            Il.Emit(OpCodes.Stfld, typeof(CpuState).GetField(field)!);
        }
    }

    /// <summary>The finished method with its table of entries, compiled.</summary>
    public TranslatedCode Finish(ushort[] entries)
    {
        var code = _method.CreateDelegate<TranslatedCode>(entries);
        RuntimeHelpers.PrepareDelegate(code);
        return code;
    }

    private LocalBuilder Integer() => Il.DeclareLocal(typeof(int));

    private void LoadContext(string field)
    {
        Il.Emit(OpCodes.Ldarg, (short)ContextArgument);
        Il.Emit(OpCodes.Ldfld, typeof(CodeContext).GetField(field)!);
    }
}
