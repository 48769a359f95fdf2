namespace DqnAspire.Environments.Atari.Rules;

/// <summary>The memory of a running console as a game's rule reads it. Reading changes nothing.</summary>
public interface IGameMemory
{
    /// <summary>Bytes of RAM in the console, at the addresses 0x80 to 0xFF.</summary>
    const int RamSize = 128;

    /// <summary>The console's RAM, <see cref="RamSize"/> bytes; the first is the one at address 0x80.</summary>
    ReadOnlySpan<byte> Ram { get; }

    /// <summary>The byte that a read over the bus would give, without the effects that such a read has.</summary>
    /// <param name="address">Address on the bus of 13 lines: 0 to 0x1FFF.</param>
    /// <returns>The byte.</returns>
    byte Peek(int address);
}
