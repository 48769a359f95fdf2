using System.Runtime.CompilerServices;
using DqnAspire.Atari2600.Cartridges;
using DqnAspire.Atari2600.Riot;
using DqnAspire.Atari2600.State;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600;

/// <summary>
/// The 13-bit bus: TIA where address bits 12 and 7 are 0, RIOT where bit 7 is 1 (its RAM where bit 9 is 0), cartridge
/// where bit 12 is 1. Plain memory is found through the page tables, by the processor itself where speed matters.
/// </summary>
internal sealed unsafe class Bus(byte* memory, BusState* pages, TiaChip tia, RiotChip riot, Cartridge cartridge)
{
    private const int AddressMask = 0x1FFF;
    private const int CartridgeBit = 0x1000;
    private const int RiotBit = 0x0080;
    private const int RiotRegistersBit = 0x0200;

    private readonly byte* _memory = memory;
    private readonly BusState* _pages = pages;
    private readonly TiaChip _tia = tia;
    private readonly RiotChip _riot = riot;
    private readonly Cartridge _cartridge = cartridge;

    /// <summary>Whether the cartridge listens to accesses that are meant for the TIA.</summary>
    public bool IsTiaSnooped => _cartridge.SnoopsAnything;

    /// <summary>
    /// Maps the RAM, whose place in the memory block is <paramref name="ramOffset"/>, and leaves the rest to the chips.
    /// </summary>
    public void MapConsole(int ramOffset)
    {
        for (var page = 0; page < BusState.PageCount; page++)
        {
            var address = page << BusState.PageShift;
            var ram = (address & (CartridgeBit | RiotBit | RiotRegistersBit)) == RiotBit;
            var offset = ram ? ramOffset + (address & 0x40) : BusState.Device;
            _pages->ReadPages[page] = offset;
            _pages->WritePages[page] = offset;
            _pages->CodePages[page] = ram && (address & 0x40) == 0 ? offset : BusState.Device;
        }
    }

    /// <summary>
    /// A read by the processor. <paramref name="dataBus"/> is the last byte on the bus, <paramref name="cycles"/> the
    /// processor's cycle counter.
    /// </summary>
    public byte Read(int address, int dataBus, int cycles)
    {
        var offset = _pages->ReadPages[(address & AddressMask) >> BusState.PageShift];
        return offset != BusState.Device
            ? _memory[offset + (address & BusState.PageMask)]
            : ReadDevice(address, dataBus, cycles);
    }

    /// <summary>A read from a page that is not plain memory; see <see cref="Read"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public byte ReadDevice(int address, int dataBus, int cycles)
    {
        if ((address & CartridgeBit) != 0)
        {
            return _cartridge.Read(address, cycles);
        }

        if ((address & RiotBit) != 0)
        {
            return _riot.Read(address, cycles);
        }

        return _cartridge.Snoops(address) && _cartridge.SnoopRead(address, cycles, out var value)
            ? value
            : _tia.Read(address & 0x0F, dataBus, cycles);
    }

    /// <summary>
    /// A write by the processor. Returns the cycle counter after it: a WSYNC moves it to the start of the next line,
    /// if the access before was a read, as the 6507 stops only in reads.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Write(int address, byte value, int cycles, bool afterRead)
    {
        var offset = _pages->WritePages[(address & AddressMask) >> BusState.PageShift];
        if (offset != BusState.Device)
        {
            _memory[offset + (address & BusState.PageMask)] = value;
            return cycles;
        }

        if ((address & (CartridgeBit | RiotBit)) == 0)
        {
            return WriteTia(address, value, cycles, afterRead);
        }

        if ((address & CartridgeBit) == 0)
        {
            _riot.Write(address, value, cycles);
            return cycles;
        }

        _cartridge.Write(address, value, cycles);
        return _cartridge.WritesReachTia ? WriteTiaRegister(address, value, cycles, afterRead) : cycles;
    }

    private int WriteTia(int address, byte value, int cycles, bool afterRead)
    {
        if (_cartridge.Snoops(address))
        {
            _cartridge.SnoopWrite(address, value, cycles);
        }

        return WriteTiaRegister(address, value, cycles, afterRead);
    }

    /// <summary>The byte at an address without any effect; the TIA's and RIOT's registers read as 0.</summary>
    public byte Peek(int address)
    {
        var offset = _pages->ReadPages[(address & AddressMask) >> BusState.PageShift];
        if (offset != BusState.Device)
        {
            return _memory[offset + (address & BusState.PageMask)];
        }

        return (address & CartridgeBit) != 0 ? _cartridge.Peek(address) : (byte)0;
    }

    private int WriteTiaRegister(int address, byte value, int cycles, bool afterRead)
    {
        var register = address & 0x3F;
        if (register == (int)WriteRegister.WSYNC && afterRead)
        {
            return _tia.WaitForSync(cycles);
        }

        _tia.Write(register, value, cycles);
        return cycles;
    }
}
