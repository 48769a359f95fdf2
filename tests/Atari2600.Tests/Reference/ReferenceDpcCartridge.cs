namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>
/// DPC (US patent 4,644,495): F8 banks, 2 KiB of display data behind eight data fetchers, a random number and three
/// square waves. Fetcher registers are set at $1040..$107F and read at $1000..$103F; bits 3..5 of the address choose
/// the function, bits 0..2 the fetcher.
/// </summary>
public sealed class ReferenceDpcCartridge(byte[] image) : ReferenceCartridge
{
    private const int DisplayRom = 8192;
    private const double OscillatorHertz = 15750.0;
    private const double CpuHertz = 1193191.66666667;

    private static readonly byte[] Amplitudes = [0x0, 0x4, 0x5, 0x9, 0x6, 0xA, 0xB, 0xF];

    private readonly Fetcher[] _fetchers = [.. Enumerable.Range(0, 8).Select(_ => new Fetcher())];
    private int _bank = 1;
    private byte _random = 1;
    private uint _musicCycle;
    private double _fraction;

    public override void Reset(ReferenceMersenneTwister random)
    {
        _bank = 1;
        _musicCycle = 0;
        _fraction = 0;
    }

    public override void Rebase(uint cycles) => _musicCycle -= cycles;

    public override byte Read(ushort address, ReferenceBus bus)
    {
        var place = address & 0xFFF;
        if (place is >= 0x80 and < 0xFC0)
        {
            return image[(_bank * 4096) + place];
        }

        StepRandom();
        if (place < 0x40)
        {
            return ReadFetcher(place, bus);
        }

        Touch(place);
        return image[(_bank * 4096) + place];
    }

    public override void Write(ushort address, byte value, ReferenceBus bus)
    {
        var place = address & 0xFFF;
        StepRandom();
        if (place is >= 0x40 and < 0x80)
        {
            WriteFetcher(place, value);
        }
        else
        {
            Touch(place);
        }
    }

    private void Touch(int place) => _bank = place switch { 0xFF8 => 0, 0xFF9 => 1, _ => _bank };

    /// <summary>A shift register; its input is 1 where an even number of bits 7, 5, 4 and 3 are set.</summary>
    private void StepRandom()
    {
        var bits = ((_random >> 7) ^ (_random >> 5) ^ (_random >> 4) ^ (_random >> 3)) & 1;
        _random = (byte)((_random << 1) | (bits ^ 1));
    }

    private byte ReadFetcher(int place, ReferenceBus bus)
    {
        var fetcher = _fetchers[place & 7];
        if (fetcher.Low == fetcher.Top)
        {
            fetcher.Flag = 0xFF;
        }
        else if (fetcher.Low == fetcher.Bottom)
        {
            fetcher.Flag = 0;
        }

        byte result = (place >> 3) switch
        {
            0 when (place & 7) < 4 => _random,
            0 => Amplitude(bus.Cycles),
            1 => image[DisplayRom + 2047 - fetcher.Counter],
            2 => (byte)(image[DisplayRom + 2047 - fetcher.Counter] & fetcher.Flag),
            7 => fetcher.Flag,
            _ => 0,
        };
        if (!fetcher.PlaysMusic)
        {
            fetcher.Counter = (fetcher.Counter - 1) & 0x7FF;
        }

        return result;
    }

    private void WriteFetcher(int place, byte value)
    {
        var fetcher = _fetchers[place & 7];
        switch ((place >> 3) & 7)
        {
            case 0:
                fetcher.Top = value;
                fetcher.Flag = 0;
                break;
            case 1:
                fetcher.Bottom = value;
                break;
            case 2:
                fetcher.Counter = (fetcher.Counter & 0x700) | (fetcher.PlaysMusic ? fetcher.Top : value);
                break;
            case 3:
                fetcher.Counter = ((value & 7) << 8) | fetcher.Low;
                fetcher.PlaysMusic = (place & 7) >= 5 && (value & 0x10) != 0;
                break;
            case 6:
                _random = 1;
                break;
        }
    }

    private byte Amplitude(uint cycles)
    {
        var elapsed = (int)(cycles - _musicCycle);
        _musicCycle = cycles;
        var clocks = (OscillatorHertz * elapsed / CpuHertz) + _fraction;
        var whole = (int)clocks;
        _fraction = clocks - whole;

        var chord = 0;
        for (var voice = 0; voice < 3; voice++)
        {
            var fetcher = _fetchers[5 + voice];
            if (fetcher.PlaysMusic && whole > 0)
            {
                fetcher.Play(whole);
            }

            chord |= fetcher.PlaysMusic && fetcher.Flag != 0 ? 1 << voice : 0;
        }

        return Amplitudes[chord];
    }

    private sealed class Fetcher
    {
        public byte Top { get; set; }

        public byte Bottom { get; set; }

        public byte Flag { get; set; }

        public int Counter { get; set; }

        public bool PlaysMusic { get; set; }

        public int Low => Counter & 0xFF;

        /// <summary>Counts the low byte down, from the top again after 0.</summary>
        public void Play(int clocks)
        {
            var low = Top == 0 ? 0 : Low - (clocks % (Top + 1));
            if (low < 0)
            {
                low += Top + 1;
            }

            if (low <= Bottom)
            {
                Flag = 0;
            }
            else if (low <= Top)
            {
                Flag = 0xFF;
            }

            Counter = (Counter & 0x700) | low;
        }
    }
}
