using DqnAspire.Atari2600.Riot;
using DqnAspire.Atari2600.State;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>The parts of one console that translated code works on; the code itself belongs to no console.</summary>
internal sealed unsafe class CodeContext(
    CpuState* cpu, byte* memory, byte* zeroPage, CodeRun* run, FrameState* frame, Bus bus, TiaChip tia, RiotChip riot)
{
    /// <summary>Registers, as the interpreter leaves and finds them.</summary>
    public readonly CpuState* Cpu = cpu;

    /// <summary>The console's memory block.</summary>
    public readonly byte* Memory = memory;

    /// <summary>Where address 0 would be if the RAM were mapped flat.</summary>
    public readonly byte* ZeroPage = zeroPage;

    /// <summary>Where the program is; its length is 0 after a bank switch.</summary>
    public readonly CodeRun* Run = run;

    /// <summary>Where the television is.</summary>
    public readonly FrameState* Frame = frame;

    public readonly Bus Bus = bus;
    public readonly TiaChip Tia = tia;
    public readonly RiotChip Riot = riot;
}
