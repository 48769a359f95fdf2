using System.Numerics;
using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// The registers of the Display Processor Chip (US patent 4,644,495). Eight data fetchers each have an 11-bit counter
/// that points into the display ROM from its end and goes down with every read, and a flag that is set when the
/// counter's low byte arrives at the top register and cleared at the bottom register. Fetchers 5 to 7 can instead play
/// music: an oscillator drives the counter's low byte round from top to 0, and the flag is the square wave's level.
/// A shift register gives random numbers.
/// </summary>
/// <remarks>
/// Reads, $1000-$103F: bits 0 to 2 of the address are the fetcher, bits 3 to 5 the function: 0 random number (fetchers
/// 0 to 3) or music amplitude (4 to 7), 1 display data, 2 display data AND flag, 7 flag; others give 0. Writes,
/// $1040-$107F: 0 top, which clears the flag, 1 bottom, 2 counter's low byte, 3 counter's high bits and (fetchers 5 to
/// 7) music mode in bit 4, 6 restarts the random numbers.
/// </remarks>
internal static unsafe class DpcChip
{
    /// <summary>Bytes of display ROM.</summary>
    public const int DisplaySize = 2048;

    private const byte FirstRandomNumber = 1;

    private const int FirstMusicFetcher = 5;
    private const int FirstAmplitudeAddress = 4;
    private const int CounterMask = DisplaySize - 1;
    private const int CounterHigh = 0x0700;
    private const int MusicBit = 0x10;

    /// <summary>Clocks a second of the chip's oscillator, and of the CPU, as ALE has them.</summary>
    private const double OscillatorRate = 15_750.0;
    private const double CpuRate = 1_193_191.66666667;

    /// <summary>Sets the shift register to its first value.</summary>
    public static void RestartRandomNumbers(DpcState* dpc) => dpc->RandomNumber = FirstRandomNumber;

    /// <summary>Shifts in the negated parity of bits 7, 5, 4 and 3.</summary>
    public static void ClockRandomNumber(DpcState* dpc)
    {
        var parity = BitOperations.PopCount(dpc->RandomNumber & 0b1011_1000u) & 1;
        dpc->RandomNumber = (byte)((dpc->RandomNumber << 1) | (1 - parity));
    }

    /// <summary>The effects and the value of a read from $1000-$103F at a CPU cycle.</summary>
    public static byte Read(DpcState* dpc, byte* display, int address, int cycles)
    {
        var fetcher = address & 7;
        dpc->Flags[fetcher] = Flag(dpc, fetcher);
        if (Function(address) == 0 && fetcher >= FirstAmplitudeAddress)
        {
            AdvanceMusic(dpc, cycles);
        }

        var value = Peek(dpc, display, address);
        if (!PlaysMusic(dpc, fetcher))
        {
            dpc->Counters[fetcher] = (ushort)((dpc->Counters[fetcher] - 1) & CounterMask);
        }

        return value;
    }

    /// <summary>What the registers show at $1000-$103F as they stand.</summary>
    public static byte Peek(DpcState* dpc, byte* display, int address)
    {
        var fetcher = address & 7;
        return Function(address) switch
        {
            0 => fetcher < FirstAmplitudeAddress ? dpc->RandomNumber : Amplitude(dpc),
            1 => Display(dpc, display, fetcher),
            2 => (byte)(Display(dpc, display, fetcher) & Flag(dpc, fetcher)),
            7 => Flag(dpc, fetcher),
            _ => 0,
        };
    }

    /// <summary>A write to $1040-$107F.</summary>
    public static void Write(DpcState* dpc, int address, byte value)
    {
        var fetcher = address & 7;
        var counter = &dpc->Counters[fetcher];
        switch (Function(address))
        {
            case 0:
                dpc->Tops[fetcher] = value;
                dpc->Flags[fetcher] = 0;
                break;
            case 1:
                dpc->Bottoms[fetcher] = value;
                break;
            case 2:
                int low = PlaysMusic(dpc, fetcher) ? dpc->Tops[fetcher] : value;
                *counter = (ushort)((*counter & CounterHigh) | low);
                break;
            case 3:
                *counter = (ushort)(((value << 8) & CounterHigh) | (byte)*counter);
                SetMusicMode(dpc, fetcher, (value & MusicBit) != 0);
                break;
            case 6:
                RestartRandomNumbers(dpc);
                break;
        }
    }

    private static int Function(int address) => (address >> 3) & 7;

    /// <summary>
    /// The byte that the counter points to from the ROM's end; inside the ROM whatever a restored state holds.
    /// </summary>
    private static byte Display(DpcState* dpc, byte* display, int fetcher) =>
        display[~dpc->Counters[fetcher] & CounterMask];

    private static byte Flag(DpcState* dpc, int fetcher)
    {
        var low = (byte)dpc->Counters[fetcher];
        return low == dpc->Tops[fetcher] ? (byte)0xFF
            : low == dpc->Bottoms[fetcher] ? (byte)0
            : dpc->Flags[fetcher];
    }

    private static bool PlaysMusic(DpcState* dpc, int fetcher) =>
        fetcher >= FirstMusicFetcher && ((dpc->MusicMode >> (fetcher - FirstMusicFetcher)) & 1) != 0;

    private static void SetMusicMode(DpcState* dpc, int fetcher, bool on)
    {
        if (fetcher >= FirstMusicFetcher)
        {
            var bit = 1 << (fetcher - FirstMusicFetcher);
            dpc->MusicMode = on ? dpc->MusicMode | bit : dpc->MusicMode & ~bit;
        }
    }

    /// <summary>The sum of the square waves that are high: 4, 5 and 6 for fetchers 5, 6 and 7.</summary>
    private static byte Amplitude(DpcState* dpc)
    {
        var sum = 0;
        for (var fetcher = FirstMusicFetcher; fetcher <= 7; fetcher++)
        {
            if (PlaysMusic(dpc, fetcher) && dpc->Flags[fetcher] != 0)
            {
                sum += fetcher - 1;
            }
        }

        return (byte)sum;
    }

    /// <summary>Gives the music counters the oscillator clocks since the last time.</summary>
    private static void AdvanceMusic(DpcState* dpc, int cycles)
    {
        var clocks = (OscillatorRate * (cycles - dpc->MusicCycle) / CpuRate) + dpc->FractionalClocks;
        var wholeClocks = (int)clocks;
        dpc->MusicCycle = cycles;
        dpc->FractionalClocks = clocks - wholeClocks;
        if (wholeClocks <= 0)
        {
            return;
        }

        for (var fetcher = FirstMusicFetcher; fetcher <= 7; fetcher++)
        {
            if (PlaysMusic(dpc, fetcher))
            {
                AdvanceMusicCounter(dpc, fetcher, wholeClocks);
            }
        }
    }

    private static void AdvanceMusicCounter(DpcState* dpc, int fetcher, int clocks)
    {
        int top = dpc->Tops[fetcher];
        var period = top + 1;
        var low = top == 0 ? 0 : (byte)dpc->Counters[fetcher] - (clocks % period);
        if (low < 0)
        {
            low += period;
        }

        // Above the top, where only a program's own value can put it, the level stays.
        if (low <= dpc->Bottoms[fetcher])
        {
            dpc->Flags[fetcher] = 0;
        }
        else if (low <= top)
        {
            dpc->Flags[fetcher] = 0xFF;
        }

        dpc->Counters[fetcher] = (ushort)((dpc->Counters[fetcher] & CounterHigh) | low);
    }
}
