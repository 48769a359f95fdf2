namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>
/// The bus: 13 address lines, a cycle counter, and the last byte that was on the data lines. A12 selects the cartridge,
/// else A7 the RIOT, else the TIA.
/// </summary>
public sealed class ReferenceBus(ReferenceRiot riot, ReferenceCartridge cartridge)
{
    /// <summary>CPU cycles since the counter was last put to 0: at a reset and at the start of a frame.</summary>
    public uint Cycles { get; set; }

    /// <summary>The byte of the last access; what nobody drives reads as it.</summary>
    public byte DataLatch { get; set; }

    /// <summary>WSYNC holds the CPU only if it was reading before.</summary>
    public bool LastAccessWasRead { get; set; } = true;

    /// <summary>Set once, after construction: the TIA needs the bus as well.</summary>
    public ReferenceTia? Tia { get; set; }

    public byte Read(ushort address)
    {
        var value = cartridge.Answers(address) ? cartridge.Read(address, this) : ReadChip(address);
        DataLatch = value;
        LastAccessWasRead = true;
        return value;
    }

    public void Write(ushort address, byte value)
    {
        if (cartridge.Answers(address))
        {
            cartridge.Write(address, value, this);
        }
        else
        {
            WriteChip(address, value);
        }

        DataLatch = value;
        LastAccessWasRead = false;
    }

    /// <summary>A read from TIA or RIOT; boards that listen to their addresses pass it on.</summary>
    public byte ReadChip(ushort address) =>
        (address & 0x80) == 0 ? Tia!.Read(address) : riot.Read(address, Cycles);

    /// <summary>A write to TIA or RIOT; see <see cref="ReadChip"/>.</summary>
    public void WriteChip(ushort address, byte value)
    {
        if ((address & 0x80) == 0)
        {
            Tia!.Write(address, value);
        }
        else
        {
            riot.Write(address, value, Cycles);
        }
    }

    /// <summary>Puts the counter to 0; who remembers a cycle moves it along.</summary>
    public void RestartCycles()
    {
        riot.Rebase(Cycles);
        Tia!.Rebase(Cycles);
        cartridge.Rebase(Cycles);
        Cycles = 0;
    }
}
