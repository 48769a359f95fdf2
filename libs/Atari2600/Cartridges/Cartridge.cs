using System.Diagnostics;
using DqnAspire.Atari2600.State;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// A board: ROM and what switches it. Plain memory is mapped into the bus' pages of 64 bytes; accesses to the other
/// pages arrive at <see cref="Read"/> and <see cref="Write"/>. All that changes lives in <see cref="State"/>, inside
/// the console's memory block, so that saving a console saves its cartridge.
/// </summary>
internal abstract unsafe class Cartridge
{
    /// <summary>First address of the cartridge.</summary>
    protected const int Start = 0x1000;

    /// <summary>Size of a bank that fills the cartridge's whole address range.</summary>
    protected const int BankSize = 4096;

    private BusState* _bus;
    private int _ramOffset;
    private int _romOffset;
    private ulong _snoopedPages;

    /// <summary>The ROM as the board sees it; it may be longer than the image where a board mirrors it.</summary>
    public abstract ReadOnlySpan<byte> Rom { get; }

    /// <summary>Registers, RAM and banks of the board.</summary>
    protected CartridgeState* State { get; private set; }

    /// <summary>Bytes of what the board switches: the unit in which its banks are counted.</summary>
    protected virtual int BankUnit => BankSize;

    /// <summary>The ROM in the console's memory block.</summary>
    protected byte* RomBytes { get; private set; }

    /// <summary>
    /// Plugs the board into a console whose memory block starts at <paramref name="memory"/> and holds the board's
    /// ROM from <paramref name="romOffset"/> and its state from <paramref name="stateOffset"/> on (bytes). The address
    /// range $1000..$1FFF is mapped as devices at this point.
    /// </summary>
    public void Attach(byte* memory, BusState* bus, int stateOffset, int romOffset)
    {
        _bus = bus;
        _ramOffset = stateOffset;
        _romOffset = romOffset;
        State = (CartridgeState*)(memory + stateOffset);
        RomBytes = memory + romOffset;
        Install();
    }

    /// <summary>Maps the pages that never change and sets the registers' power-up values. Runs once.</summary>
    protected abstract void Install();

    /// <summary>
    /// A system reset: selects the first banks and, on boards with RAM, fills it from the console's generator.
    /// </summary>
    public virtual void Reset(Mt19937State* random)
    {
    }

    /// <summary>
    /// A read from a page that is not plain memory. The address has all 16 bits that the program used;
    /// <paramref name="cycles"/> is the CPU cycle of the access.
    /// </summary>
    public virtual byte Read(int address, int cycles) => PeekDevice(address);

    /// <summary>A write to a page that is not writable memory; see <see cref="Read"/>.</summary>
    public virtual void Write(int address, byte value, int cycles)
    {
    }

    /// <summary>Whether the board listens to any page below $1000; known once it is attached.</summary>
    public bool SnoopsAnything => _snoopedPages != 0;

    /// <summary>
    /// True if the board listens to the page of an address below $1000, where the TIA answers: the bus then asks
    /// <see cref="SnoopRead"/> or tells <see cref="SnoopWrite"/> before the TIA.
    /// </summary>
    public bool Snoops(int address) => ((_snoopedPages >> ((address & 0x0FFF) >> BusState.PageShift)) & 1) != 0;

    /// <summary>
    /// A read from a page that the board snoops. True: the board has answered with <paramref name="value"/> and the
    /// TIA is left out. False: the TIA answers.
    /// </summary>
    public virtual bool SnoopRead(int address, int cycles, out byte value)
    {
        value = 0;
        return false;
    }

    /// <summary>A write to a page that the board snoops; the TIA gets it next.</summary>
    public virtual void SnoopWrite(int address, byte value, int cycles)
    {
    }

    /// <summary>
    /// True if writes to the cartridge's own addresses also reach the TIA, to the register of their low 6 bits, after
    /// <see cref="Write"/>.
    /// </summary>
    public virtual bool WritesReachTia => false;

    /// <summary>The console's cycle counter goes back by <paramref name="cycles"/> (start of a frame).</summary>
    public virtual void RebaseCycles(int cycles)
    {
    }

    /// <summary>Whether a state that comes from outside selects only banks that the board has.</summary>
    public bool IsSound(CartridgeState* state)
    {
        for (var i = 0; i < 4; i++)
        {
            if (state->Banks[i] < 0 || state->Banks[i] >= Math.Max(1, Rom.Length / BankUnit))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The byte at a bus address without any effect on the board.</summary>
    public byte Peek(int address)
    {
        var offset = _bus->ReadPages[(address & 0x1FFF) >> BusState.PageShift];
        return offset == BusState.Device
            ? PeekDevice(address)
            : ((byte*)State)[offset - _ramOffset + (address & BusState.PageMask)];
    }

    /// <summary>
    /// As <see cref="Read"/>, without any effect: no bank switches, no counter moves. Boards whose pages are all plain
    /// memory do not need it.
    /// </summary>
    protected virtual byte PeekDevice(int address) =>
        throw new UnreachableException($"{GetType().Name} answers reads of ${address:X4} from plain memory.");

    /// <summary>
    /// Maps <paramref name="length"/> bytes from bus address <paramref name="address"/> on to ROM that starts at
    /// <paramref name="romAddress"/>. Address and length are multiples of 64. Writes go to <see cref="Write"/>.
    /// </summary>
    protected void MapRom(int address, int length, int romAddress) =>
        Map(_bus->ReadPages, address, length, _romOffset + romAddress);

    /// <summary>Maps reads to the board's RAM from <paramref name="ramAddress"/> on.</summary>
    protected void MapRamReads(int address, int length, int ramAddress) =>
        Map(_bus->ReadPages, address, length, _ramOffset + ramAddress);

    /// <summary>Maps writes to the board's RAM from <paramref name="ramAddress"/> on.</summary>
    protected void MapRamWrites(int address, int length, int ramAddress) =>
        Map(_bus->WritePages, address, length, _ramOffset + ramAddress);

    /// <summary>Sends reads of the range to <see cref="Read"/>.</summary>
    protected void MapDeviceReads(int address, int length) => Map(_bus->ReadPages, address, length, BusState.Device);

    /// <summary>Sends writes of the range to <see cref="Write"/>.</summary>
    protected void MapDeviceWrites(int address, int length) => Map(_bus->WritePages, address, length, BusState.Device);

    /// <summary>
    /// Lets the board see accesses to a range below $1000 before the TIA does; see <see cref="Snoops"/>.
    /// </summary>
    protected void MapSnoop(int address, int length)
    {
        for (var page = address >> BusState.PageShift; page < (address + length) >> BusState.PageShift; page++)
        {
            _snoopedPages |= 1ul << page;
        }
    }

    /// <summary>
    /// Fills the first <paramref name="length"/> bytes of the board's RAM with the low bytes of random words.
    /// </summary>
    protected void FillRam(Mt19937State* random, int length)
    {
        for (var i = 0; i < length; i++)
        {
            State->Ram[i] = (byte)random->NextUInt32();
        }
    }

    private void Map(int* pages, int address, int length, int offset)
    {
        _bus->CodeRun.Length = 0;
        var first = address >> BusState.PageShift;
        var count = length >> BusState.PageShift;
        for (var i = 0; i < count; i++)
        {
            pages[first + i] = offset == BusState.Device ? BusState.Device : offset + (i * BusState.PageSize);
        }

        // The page before the range can be fetched in one piece only if it continues into the range.
        for (var page = Math.Max(first - 1, 0); page < first + count; page++)
        {
            var here = _bus->ReadPages[page];
            var next = page + 1 < BusState.PageCount ? _bus->ReadPages[page + 1] : BusState.Device;
            _bus->CodePages[page] = here != BusState.Device && next == here + BusState.PageSize
                ? here
                : BusState.Device;
        }
    }
}
