using DqnAspire.Core.Randomness;

namespace DqnAspire.Atari2600.State;

/// <summary>All that changes in a console but its pictures, without a pointer in it: copying it is saving it.</summary>
internal struct ConsoleState
{
    public TiaState Tia;
    public CpuState Cpu;
    public FrameState Frame;
    public InputState Inputs;
    public RiotState Riot;
    public BusState Bus;
    public CartridgeState Cartridge;
    public Mt19937State Random;
}
