namespace DqnAspire.Atari2600.State;

/// <summary>
/// Registers of the 6507. Flags are kept as the values they follow from, which is how the interpreter uses them.
/// </summary>
internal struct CpuState
{
    public int A;
    public int X;
    public int Y;
    public int S;

    /// <summary>Program counter, 16 bits: the chip has 13 address pins, but ALE's FE boards look at bit 13.</summary>
    public int PC;

    /// <summary>Bit 7 is the N flag.</summary>
    public int N;

    /// <summary>The Z flag is set when this is 0.</summary>
    public int Z;

    /// <summary>0 or 1.</summary>
    public int C;

    /// <summary>0 or not 0.</summary>
    public int V;

    /// <summary>0 or 1.</summary>
    public int D;

    /// <summary>0 or 1.</summary>
    public int I;

    /// <summary>CPU cycles since the start of the frame (three colour clocks each).</summary>
    public int Cycles;

    /// <summary>The last byte on the data bus; TIA reads return its low six bits where they drive nothing.</summary>
    public int DataBus;

    /// <summary>Not 0 after a KIL opcode, until the next reset.</summary>
    public int Halted;
}
