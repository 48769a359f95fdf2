using System.Runtime.CompilerServices;
using DqnAspire.Atari2600.Cartridges;
using DqnAspire.Atari2600.State;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Atari2600.Tests.Cartridges;

/// <summary>
/// A board in a block of memory, read and written through the page tables as the console's bus does, with a TIA that
/// only notes what reaches it. Memory is a pinned array, so that a forgotten rig leaks nothing.
/// </summary>
internal sealed unsafe class CartridgeRig
{
    /// <summary>What the stand-in for the TIA answers.</summary>
    public const byte TiaValue = 0xA7;

    public const uint Seed = 4_753_849;

    private const int CartridgeBit = 0x1000;

    private readonly byte[] _block;
    private readonly byte* _memory;
    private readonly Cartridge _cartridge;
    private readonly BusState* _bus;
    private readonly int _savedSize;
    private readonly Mt19937State[] _random = GC.AllocateArray<Mt19937State>(1, pinned: true);

    /// <summary>The board of a scheme with an image, attached and reset.</summary>
    public CartridgeRig(CartridgeScheme scheme, byte[] image)
        : this(CartridgeFactory.Create(image, scheme))
    {
    }

    public CartridgeRig(Cartridge cartridge)
    {
        _cartridge = cartridge;
        var stateOffset = sizeof(BusState);
        _savedSize = stateOffset + sizeof(CartridgeState);
        _block = GC.AllocateArray<byte>(_savedSize + cartridge.Rom.Length, pinned: true);
        _memory = (byte*)Unsafe.AsPointer(ref _block[0]);
        _bus = (BusState*)_memory;
        new Span<int>(_bus, sizeof(BusState) / sizeof(int)).Fill(BusState.Device);
        cartridge.Rom.CopyTo(_block.AsSpan(_savedSize));
        Random->Seed(Seed);
        cartridge.Attach(_memory, _bus, stateOffset, _savedSize);
        cartridge.Reset(Random);
    }

    /// <summary>Reads and writes that reached the TIA: its 6-bit register, and the value of a write.</summary>
    public List<(int Register, byte? Value)> TiaAccesses { get; } = [];

    public Mt19937State* Random => (Mt19937State*)Unsafe.AsPointer(ref _random[0]);

    public ReadOnlySpan<byte> Ram => new(((CartridgeState*)(_memory + sizeof(BusState)))->Ram, CartridgeState.RamSize);

    /// <summary>The first random bytes that a generator with the rig's seed gives.</summary>
    public static byte[] RandomBytes(int count)
    {
        Mt19937State random = default;
        random.Seed(Seed);
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
        {
            bytes[i] = (byte)random.NextUInt32();
        }

        return bytes;
    }

    public void Reset() => _cartridge.Reset(Random);

    public void RebaseCycles(int cycles) => _cartridge.RebaseCycles(cycles);

    public byte Peek(int address) => _cartridge.Peek(address);

    public byte Read(int address, int cycles = 0)
    {
        var offset = _bus->ReadPages[Page(address)];
        if (offset != BusState.Device)
        {
            return _memory[offset + (address & BusState.PageMask)];
        }

        if ((address & CartridgeBit) != 0)
        {
            return _cartridge.Read(address, cycles);
        }

        if (_cartridge.Snoops(address) && _cartridge.SnoopRead(address, cycles, out var value))
        {
            return value;
        }

        TiaAccesses.Add((address & BusState.PageMask, null));
        return TiaValue;
    }

    public void Write(int address, byte value, int cycles = 0)
    {
        var offset = _bus->WritePages[Page(address)];
        if (offset != BusState.Device)
        {
            _memory[offset + (address & BusState.PageMask)] = value;
            return;
        }

        var reachesTia = true;
        if ((address & CartridgeBit) != 0)
        {
            _cartridge.Write(address, value, cycles);
            reachesTia = _cartridge.WritesReachTia;
        }
        else if (_cartridge.Snoops(address))
        {
            _cartridge.SnoopWrite(address, value, cycles);
        }

        if (reachesTia)
        {
            TiaAccesses.Add((address & BusState.PageMask, value));
        }
    }

    public byte[] ReadRange(int address, int length) =>
        [.. Enumerable.Range(address, length).Select(a => Read(a))];

    /// <summary>The board's state and the page tables.</summary>
    public byte[] Save() => _block[.._savedSize];

    public void Restore(byte[] saved) => saved.CopyTo(_block, 0);

    /// <summary>
    /// Fails unless the code pages follow from the read pages: a page is fetched in one go exactly if it and the next
    /// one are neighbours in memory.
    /// </summary>
    public void AssertCodePagesFollow()
    {
        for (var page = 0; page < BusState.PageCount; page++)
        {
            var here = _bus->ReadPages[page];
            var runsOn = here != BusState.Device
                && page + 1 < BusState.PageCount
                && _bus->ReadPages[page + 1] == here + BusState.PageSize;
            Assert.Equal(runsOn ? here : BusState.Device, _bus->CodePages[page]);
        }
    }

    private static int Page(int address) => (address & 0x1FFF) >> BusState.PageShift;
}
