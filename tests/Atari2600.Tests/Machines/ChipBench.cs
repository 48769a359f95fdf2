using System.Runtime.InteropServices;
using DqnAspire.Atari2600.Cartridges;
using DqnAspire.Atari2600.Processor;
using DqnAspire.Atari2600.Riot;
using DqnAspire.Atari2600.State;
using DqnAspire.Atari2600.Television;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Tests.Machines;

/// <summary>
/// The console's chips wired as in a console, but in the open: one instruction can be run, a register written at any
/// cycle, the ROM changed. All memory but the ROM starts as 0; the frame has just begun.
/// </summary>
internal sealed unsafe class ChipBench : IDisposable
{
    /// <summary>Where the processor starts.</summary>
    public const int Start = 0x1000;

    private const int RomSize = 4096;
    private const int FirstLine = 34;
    private const int Height = 210;

    private readonly byte* _memory;
    private readonly byte* _pictures;
    private readonly int _romOffset;
    private readonly ConsoleState* _state;

    public ChipBench()
    {
        _romOffset = (sizeof(ConsoleState) + 63) & ~63;
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)(_romOffset + RomSize + 64), 64);
        _pictures = (byte*)NativeMemory.AlignedAlloc(2 * Picture.BufferSize, 64);
        new Span<byte>(_memory, _romOffset + RomSize + 64).Clear();
        new Span<byte>(_pictures, 2 * Picture.BufferSize).Clear();
        _state = (ConsoleState*)_memory;

        var cartridge = new Rom4K(new byte[RomSize]);
        Tia = new TiaChip(&_state->Tia, &_state->Frame, &_state->Inputs, _pictures);
        Riot = new RiotChip(&_state->Riot, &_state->Inputs, &_state->Random);
        Bus = new Bus(_memory, &_state->Bus, Tia, Riot, cartridge);
        Clock = new FrameClock(&_state->Frame, &_state->Tia, _pictures, new DisplayWindow(FirstLine, Height));
        Bus.MapConsole((int)((byte*)&_state->Riot - _memory));
        cartridge.Attach(_memory, &_state->Bus, (int)((byte*)&_state->Cartridge - _memory), _romOffset);
        Cpu = new Cpu6507(&_state->Cpu, Bus, Tia, Riot, _memory, &_state->Bus, _state->Riot.Ram, &_state->Frame);
        _state->Random.Seed(1);
        Tia.Reset();
        Clock.Reset(TelevisionFormat.Ntsc);
        Clock.StartFrame(0);
        _state->Cpu.PC = Start;
        _state->Cpu.S = 0xFF;
        _state->Cpu.Z = 1;
    }

    public TiaChip Tia { get; }

    public RiotChip Riot { get; }

    public Bus Bus { get; }

    public Cpu6507 Cpu { get; }

    public FrameClock Clock { get; }

    public ref ConsoleState State => ref *_state;

    public ref CpuState Registers => ref _state->Cpu;

    /// <summary>Bus addresses $80..$FF.</summary>
    public Span<byte> Ram => new(_state->Riot.Ram, RiotState.RamSize);

    /// <summary>Bus addresses $1000..$1FFF.</summary>
    public Span<byte> Rom => new(_memory + _romOffset, RomSize);

    /// <summary>The processor's status register.</summary>
    public string Flags
    {
        get => string.Concat(
            (Registers.N & 0x80) != 0 ? "N" : "",
            Registers.V != 0 ? "V" : "",
            Registers.D != 0 ? "D" : "",
            Registers.I != 0 ? "I" : "",
            Registers.Z == 0 ? "Z" : "",
            Registers.C != 0 ? "C" : "");
        set
        {
            Registers.N = value.Contains('N') ? 0x80 : 0;
            Registers.V = value.Contains('V') ? 1 : 0;
            Registers.D = value.Contains('D') ? 1 : 0;
            Registers.I = value.Contains('I') ? 1 : 0;
            Registers.Z = value.Contains('Z') ? 0 : 1;
            Registers.C = value.Contains('C') ? 1 : 0;
        }
    }

    /// <summary>CPU cycle <paramref name="cycle"/> of a row of the picture.</summary>
    public static int At(int row, int cycle) => ((FirstLine + row) * Beam.CyclesPerLine) + cycle;

    /// <summary>Puts bytes where the program counter stands.</summary>
    public void Program(params ReadOnlySpan<byte> code) => code.CopyTo(Rom[(Registers.PC & 0xFFF)..]);

    /// <summary>Runs one instruction and returns the cycles it took.</summary>
    public int Step()
    {
        var before = Registers.Cycles;
        Cpu.Run(1);
        return Registers.Cycles - before;
    }

    /// <summary>Writes a TIA register at the end of a CPU cycle.</summary>
    public void Write(WriteRegister register, int value, int cycle) => Tia.Write((int)register, (byte)value, cycle);

    /// <summary>Reads a TIA register at the end of a CPU cycle.</summary>
    public byte Read(ReadRegister register, int cycle, int dataBus = 0) => Tia.Read((int)register, dataBus, cycle);

    /// <summary>Draws to the end of a row and returns its pixels.</summary>
    public byte[] Row(int row)
    {
        _ = Tia.Read(0x0F, 0, At(row + 1, 0));
        return RowOfPicture(row);
    }

    /// <summary>Draws to the end of a row and tells where it has a colour, as ranges: "3-10 159".</summary>
    public string Lit(int row, int colour) => Ranges(Row(row), colour);

    /// <summary>As <see cref="Lit"/>, drawing no further than the last access.</summary>
    public string LitSoFar(int row, int colour) => Ranges(RowOfPicture(row), colour);

    /// <summary>Puts an object at a pixel.</summary>
    public void Place(TiaObject item, int position)
    {
        _state->Tia.Positions[(int)item] = position;
        _state->Tia.Stale |= 1 << (int)item;
    }

    /// <summary>Where an object is.</summary>
    public int PositionOf(TiaObject item) => _state->Tia.Positions[(int)item];

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        NativeMemory.AlignedFree(_pictures);
    }
    private byte[] RowOfPicture(int row)
    {
        Tia.Flush();
        return new ReadOnlySpan<byte>(Clock.CurrentPicture + (row * Beam.PixelsPerLine), Beam.PixelsPerLine).ToArray();
    }

    private static string Ranges(byte[] pixels, int colour)
    {
        var ranges = new List<string>();
        for (var x = 0; x < pixels.Length; x++)
        {
            var start = x;
            while (x < pixels.Length && pixels[x] == colour)
            {
                x++;
            }

            if (x > start)
            {
                ranges.Add(x - start == 1 ? $"{start}" : $"{start}-{x - 1}");
            }
        }

        return string.Join(' ', ranges);
    }
}
