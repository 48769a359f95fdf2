using System.Globalization;
using DqnAspire.Atari2600.Tests.Machines;
using DqnAspire.Atari2600.Tests.Reference;

namespace DqnAspire.Atari2600.Tests.Processor;

/// <summary>
/// One instruction with a given operand. Registers, the operand M and the flags are written as in "A=50 M=10 NC"
/// (hexadecimal; flags that are not named are clear).
/// </summary>
internal static class InstructionCase
{
    private const int ZeroPageTarget = 0x90;

    /// <summary>The same byte of RAM, in the stack's page.</summary>
    private const int AbsoluteTarget = 0x0190;

    private const int Pointer = 0xC0;

    /// <summary>
    /// Runs an opcode at an address in the given state and returns what is left, in the same notation.
    /// </summary>
    public static string Run(int opcode, int address, string before)
    {
        var instruction = ReferenceInstructionSet.Decode((byte)opcode);
        using var bench = new ChipBench();
        var values = Parse(before, out var flags);
        bench.Registers.PC = address;
        bench.Registers.A = values['A'];
        bench.Registers.X = values['X'];
        bench.Registers.Y = values['Y'];
        bench.Registers.S = values['S'];
        bench.Flags = flags;
        if (instruction is { Mode: ReferenceMode.Implied, Name: "ASL" or "LSR" or "ROL" or "ROR" })
        {
            // A shift of the accumulator: that is its operand.
            bench.Registers.A = values['M'];
            bench.Program((byte)opcode);
            bench.Step();
            AssertNextInstruction(address + 1, bench);
            return Describe(
                values['A'], bench.Registers.X, bench.Registers.Y, bench.Registers.S, bench.Registers.A, bench.Flags);
        }

        bench.Program([(byte)opcode, .. Operand(bench, instruction.Mode, values['M'])]);
        bench.Step();
        AssertNextInstruction(address + instruction.Length, bench);
        var m = instruction.Mode is ReferenceMode.Implied or ReferenceMode.Immediate
            ? values['M']
            : bench.Ram[ZeroPageTarget - 0x80];
        return Describe(bench.Registers.A, bench.Registers.X, bench.Registers.Y, bench.Registers.S, m, bench.Flags);
    }

    /// <summary>What is expected: registers that <paramref name="after"/> does not name are as before.</summary>
    public static string Expected(string before, string after)
    {
        var values = Parse(after, out var flags, defaults: Parse(before, out _));
        return Describe(values['A'], values['X'], values['Y'], values['S'], values['M'], flags);
    }

    /// <summary>
    /// Places an operand where an addressing mode finds it, for the registers as they are; returns the operand bytes.
    /// </summary>
    private static byte[] Operand(ChipBench bench, ReferenceMode mode, int value)
    {
        ref var registers = ref bench.Registers;
        var pointer = mode == ReferenceMode.IndirectY ? AbsoluteTarget - registers.Y : AbsoluteTarget;
        bench.Ram[Pointer - 0x80] = (byte)pointer;
        bench.Ram[Pointer + 1 - 0x80] = (byte)(pointer >> 8);
        bench.Ram[ZeroPageTarget - 0x80] = (byte)value;
        return mode switch
        {
            ReferenceMode.Implied => [],
            ReferenceMode.Immediate => [(byte)value],
            ReferenceMode.ZeroPage => [ZeroPageTarget],
            ReferenceMode.ZeroPageX => [(byte)(ZeroPageTarget - registers.X)],
            ReferenceMode.ZeroPageY => [(byte)(ZeroPageTarget - registers.Y)],
            ReferenceMode.Absolute => Word(AbsoluteTarget),
            ReferenceMode.AbsoluteX => Word(AbsoluteTarget - registers.X),
            ReferenceMode.AbsoluteY => Word(AbsoluteTarget - registers.Y),
            ReferenceMode.IndirectX => [(byte)(Pointer - registers.X)],
            ReferenceMode.IndirectY => [Pointer],
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Has no operand in memory."),
        };
    }

    private static void AssertNextInstruction(int address, ChipBench bench) =>
        Assert.Equal(address, bench.Registers.PC);

    private static byte[] Word(int value) => [(byte)value, (byte)(value >> 8)];

    private static Dictionary<char, int> Parse(string text, out string flags, Dictionary<char, int>? defaults = null)
    {
        Dictionary<char, int> values = defaults is null
            ? new() { ['A'] = 0x11, ['X'] = 0x22, ['Y'] = 0x33, ['S'] = 0xF0, ['M'] = 0x44 }
            : new(defaults);
        flags = "";
        foreach (var token in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (token.Length > 1 && token[1] == '=')
            {
                values[token[0]] = int.Parse(token.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            }
            else
            {
                flags = token;
            }
        }

        return values;
    }

    private static string Describe(int a, int x, int y, int s, int m, string flags) =>
        $"A={a:X2} X={x:X2} Y={y:X2} S={s:X2} M={m:X2} {flags}";
}
