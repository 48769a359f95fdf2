using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Tia;

/// <summary>
/// The input pins INPT0..5: four capacitors that paddles charge and that VBLANK can dump, and two triggers. Touches
/// only the state of the dump.
/// </summary>
internal readonly unsafe struct TiaInputs(TiaState* tia, InputState* inputs)
{
    private const int DumpBit = 0x80;

    private readonly TiaState* _tia = tia;
    private readonly InputState* _inputs = inputs;

    /// <summary>Whether INPT0..3 has charged at a CPU cycle.</summary>
    public bool IsCharged(int input, int cycles)
    {
        var needed = _inputs->ChargeCycles[input];
        if (needed == InputState.AlwaysCharged)
        {
            return true;
        }

        // ALE compares without sign: a dump that ended in an earlier frame can make the sum wrap, and then the input
        // never reads as charged.
        return needed != InputState.NeverCharged && _tia->Dumped == 0
            && (uint)cycles > _tia->DumpEndCycle + (uint)needed;
    }

    /// <summary>Bit 7 of INPT4 or INPT5; 0 while the button is held.</summary>
    public byte Trigger(int input) => _inputs->Triggers[input];

    /// <summary>Switches the dump on or off as VBLANK changes to a value at a CPU cycle.</summary>
    public void WriteDump(byte vblank, int cycles)
    {
        var dumped = (_tia->VBLANK & DumpBit) != 0;
        var dump = (vblank & DumpBit) != 0;
        if (dump && !dumped)
        {
            _tia->Dumped = 1;
        }
        else if (dumped && !dump)
        {
            _tia->Dumped = 0;
            _tia->DumpEndCycle = (uint)cycles;
        }
    }
}
