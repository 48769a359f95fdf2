using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Tests.Atari.Rules;

/// <summary>
/// A console's memory without a console: RAM of zeros, a bus that gives 0, and whatever a test writes.
/// </summary>
internal sealed class TestMemory : IGameMemory
{
    private const int BusSize = 0x2000;

    private readonly byte[] _ram = new byte[IGameMemory.RamSize];
    private readonly byte[] _bus = new byte[BusSize];

    public ReadOnlySpan<byte> Ram => _ram;

    /// <summary>A byte of RAM by its address, 0x80 to 0xFF.</summary>
    public int this[int address]
    {
        get => _ram[address - 0x80];
        set => _ram[address - 0x80] = checked((byte)value);
    }

    public Span<byte> Bus => _bus;

    /// <summary>Writes a byte by its address on the bus, where RAM is at 0x80 to 0xFF.</summary>
    public void Write(int address, byte value)
    {
        if (address is >= 0x80 and <= 0xFF)
        {
            this[address] = value;
        }
        else
        {
            _bus[address] = value;
        }
    }

    public byte Peek(int address) => _bus[address];
}
