using DqnAspire.Atari2600.Cartridges;

namespace DqnAspire.Atari2600.Tests.Cartridges;

public sealed class DpcTests
{
    private const int LastDisplayByte = 10239;

    // Functions of the registers, as offsets of their addresses.
    private const int Random = 0x1000;
    private const int Amplitude = 0x1004;
    private const int Data = 0x1008;
    private const int MaskedData = 0x1010;
    private const int Flag = 0x1038;
    private const int Top = 0x1040;
    private const int Bottom = 0x1048;
    private const int CounterLow = 0x1050;
    private const int CounterHigh = 0x1058;
    private const int Restart = 0x1070;

    private readonly byte[] _image = TestImages.For(CartridgeScheme.Dpc);
    private readonly CartridgeRig _rig;

    public DpcTests() => _rig = new CartridgeRig(CartridgeScheme.Dpc, _image);

    [Theory]
    [InlineData(10240)]
    [InlineData(10495)]
    [InlineData(10496)]
    public void AtReset_Bank1IsSelected(int size)
    {
        var image = TestImages.Random(size);
        var rig = new CartridgeRig(CartridgeScheme.Dpc, image);
        AssertBank(rig, image, 1);
        rig.Read(0x1FF8);
        rig.Reset();
        AssertBank(rig, image, 1);
        Assert.Equal(image[LastDisplayByte], rig.Read(Data));
    }

    [Fact]
    public void TheHotSpots_SelectByReadAndByWrite()
    {
        Assert.Equal(_image[0xFF8], _rig.Read(0x1FF8));
        AssertBank(_rig, _image, 0);
        Assert.Equal(_image[0x1FF9], _rig.Read(0x1FF9));
        AssertBank(_rig, _image, 1);
        _rig.Write(0x1FF8, 0);
        AssertBank(_rig, _image, 0);
        _rig.Write(0x1FF9, 0);
        AssertBank(_rig, _image, 1);
        foreach (var address in Enumerable.Range(0x1FC0, 0x38).Concat(Enumerable.Range(0x1FFA, 6)))
        {
            _rig.Write(address, 0);
            Assert.Equal(_image[0x1000 + (address & 0xFFF)], _rig.Read(address));
        }
    }

    [Fact]
    public void TheWritableRegisters_ReadAsProgram()
    {
        for (var address = 0x1040; address < 0x1080; address++)
        {
            Assert.Equal(_image[address], _rig.Read(address));
        }
    }

    [Fact]
    public void RandomNumbers_AreTheShiftRegistersSequence()
    {
        byte register = 1;
        for (var i = 0; i < 1000; i++)
        {
            register = NextRandom(register);
            Assert.Equal(register, _rig.Read(Random + (i % 4)));
        }
    }

    [Fact]
    public void TheFirstRandomNumbers_AreThese()
    {
        // By hand: 1 has no tapped bit set, so a 1 comes in until bit 3 is set: 00000011, 00000111, 00001111,
        // 00011110...
        Assert.Equal([0x03, 0x07, 0x0F, 0x1E, 0x3D, 0x7A, 0xF4], _rig.ReadRange(Random, 1).Concat(
            Enumerable.Range(0, 6).Select(_ => _rig.Read(Random))));
    }

    [Fact]
    public void EveryAccessThatReachesTheChip_ClocksTheRandomNumber()
    {
        byte register = 1;
        Action[] clocking =
        [
            () => _rig.Read(Data),
            () => _rig.Read(0x1018),
            () => _rig.Read(0x1040),
            () => _rig.Read(0x1FC0),
            () => _rig.Read(0x1FF9),
            () => _rig.Write(0x1000, 0),
            () => _rig.Write(Top, 0),
            () => _rig.Write(0x1800, 0),
            () => _rig.Write(0x1FF9, 0),
        ];
        foreach (var access in clocking)
        {
            access();
            register = NextRandom(NextRandom(register));
            Assert.Equal(register, _rig.Read(Random));
        }

        // Program is plain memory: the chip does not see reads of it.
        _rig.Read(0x1800);
        Assert.Equal(NextRandom(register), _rig.Read(Random));
    }

    [Fact]
    public void Restart_StartsTheRandomNumbersAgain()
    {
        byte[] first = [.. Enumerable.Range(0, 10).Select(_ => _rig.Read(Random))];
        _rig.Write(Restart, 0xFF);
        Assert.Equal(first, Enumerable.Range(0, 10).Select(_ => _rig.Read(Random)));
    }

    [Fact]
    public void AFetcher_ReadsTheDisplayBackwardsFromItsCounter_AndWraps()
    {
        for (var fetcher = 0; fetcher < 8; fetcher++)
        {
            SetCounter(fetcher, 0x002);
            Assert.Equal(
                [Display(2), Display(1), Display(0), Display(0x7FF), Display(0x7FE)],
                Enumerable.Range(0, 5).Select(_ => _rig.Read(Data + fetcher)));
            SetCounter(fetcher, 0x723);
            Assert.Equal(Display(0x723), _rig.Read(Data + fetcher));
        }
    }

    [Theory]
    [InlineData(Random)]
    [InlineData(MaskedData)]
    [InlineData(0x1018)]
    [InlineData(0x1030)]
    [InlineData(Flag)]
    public void EachFunction_CountsDown(int function)
    {
        SetCounter(0, 0x123);
        _rig.Read(function);
        Assert.Equal(Display(0x122), _rig.Read(Data));
    }

    [Theory]
    [InlineData(0x1018)]
    [InlineData(0x1020)]
    [InlineData(0x1028)]
    [InlineData(0x1030)]
    public void UnusedFunctions_ReadAs0(int function) => Assert.Equal(0, _rig.Read(function + 3));

    [Fact]
    public void TheFlag_IsSetAtTheTop_AndClearedAtTheBottom()
    {
        _rig.Write(Top + 2, 0x50);
        _rig.Write(Bottom + 2, 0x4E);
        SetCounter(2, 0x351);

        // Counters 351, 350, 34F, 34E, 34D; the low byte decides.
        Assert.Equal([0, 0xFF, 0xFF, 0, 0], Enumerable.Range(0, 5).Select(_ => _rig.Read(Flag + 2)));

        SetCounter(2, 0x150);
        Assert.Equal(
            [Display(0x150), Display(0x14F), 0, 0],
            Enumerable.Range(0, 4).Select(_ => _rig.Read(MaskedData + 2)));
    }

    [Fact]
    public void ATopEqualToTheBottom_SetsTheFlag_AndANewTopClearsIt()
    {
        _rig.Write(Top + 1, 0x33);
        _rig.Write(Bottom + 1, 0x33);
        SetCounter(1, 0x033);
        Assert.Equal(0xFF, _rig.Read(Flag + 1));
        Assert.Equal(0xFF, _rig.Read(Flag + 1));

        _rig.Write(Top + 1, 0x80);

        Assert.Equal(0, _rig.Read(Flag + 1));
    }

    [Fact]
    public void AmplitudesOfTheVoices_AddUp()
    {
        int[] expected = [0, 4, 5, 9, 6, 10, 11, 15];
        for (var voices = 0; voices < 8; voices++)
        {
            for (var voice = 0; voice < 3; voice++)
            {
                // A flag is set at once by a read where the counter is at the top.
                var on = ((voices >> voice) & 1) != 0;
                _rig.Write(Top + 5 + voice, 10);
                SetCounter(5 + voice, on ? 10 : 5);
                _rig.Write(CounterHigh + 5 + voice, 0x10);
                _rig.Read(Flag + 5 + voice);
            }

            Assert.Equal(expected[voices], _rig.Read(Amplitude));
        }
    }

    [Fact]
    public void AVoice_IsASquareWaveOfTheOscillator()
    {
        // Period 6 clocks: low byte 5, 4, 3 high; 2, 1, 0 low. One clock is 1193191.67 / 15750 = 75.76 CPU cycles.
        StartVoice(5, top: 5, bottom: 2);
        var expected = new (int Cycle, int Amplitude)[]
        {
            (75, 0), // no clock yet: the top's write has cleared the flag
            (76, 4), // clock 1: low byte 4
            (151, 4), // still clock 1
            (152, 4), // 2: 3
            (228, 0), // 3: 2
            (379, 0), // 5: 0
            (455, 4), // 6: 5 again
            (682, 0), // 9: 2
            (909, 0), // 11: 0
            (910, 4), // 12: 5
        };
        Assert.Equal(expected, expected.Select(e => (e.Cycle, (int)_rig.Read(Amplitude, e.Cycle))));
    }

    [Fact]
    public void APartOfAClock_IsNotLost_BetweenReadsAndFrames()
    {
        // Read at every cycle or just once: the same clock.
        var once = new CartridgeRig(CartridgeScheme.Dpc, _image);
        StartVoice(5, top: 255, bottom: 127);
        once.Write(Top + 5, 255);
        once.Write(Bottom + 5, 127);
        once.Write(CounterHigh + 5, 0x10);
        once.Write(CounterLow + 5, 0);
        var frameStart = 0;
        for (var cycle = 1; cycle <= 9697; cycle++)
        {
            if (cycle == 5000)
            {
                _rig.RebaseCycles(5000);
                frameStart = 5000;
            }

            // 128 clocks have passed at 9697.1 cycles: the low byte was 255 and is above 127 until then.
            Assert.Equal(cycle < 76 ? 0 : 4, _rig.Read(Amplitude, cycle - frameStart));
        }

        Assert.Equal(0, _rig.Read(Amplitude, 9698 - frameStart));
        Assert.Equal(4, once.Read(Amplitude, 9697));
        Assert.Equal(0, once.Read(Amplitude, 9698));
    }

    [Fact]
    public void AReset_StartsTheMusicClockAtCycle0_AndKeepsTheRegisters()
    {
        StartVoice(5, top: 5, bottom: 2);
        Assert.Equal(4, _rig.Read(Amplitude, 100));

        _rig.Reset();

        // 24 cycles' worth of a clock was pending at 100 and is gone: low byte 3 from cycle 76 on, 2 from 152 on.
        Assert.Equal(4, _rig.Read(Amplitude, 75));
        Assert.Equal(4, _rig.Read(Amplitude, 151));
        Assert.Equal(0, _rig.Read(Amplitude, 152));
    }

    [Fact]
    public void MusicMode_StopsTheCountersOnReads_AndLoadsTheTop()
    {
        _rig.Write(Top + 6, 0x21);
        _rig.Write(CounterHigh + 6, 0x13);
        _rig.Write(CounterLow + 6, 0x99);
        Assert.Equal([Display(0x321), Display(0x321)], [_rig.Read(Data + 6), _rig.Read(Data + 6)]);

        _rig.Write(CounterHigh + 6, 0x03);
        Assert.Equal([Display(0x321), Display(0x320)], [_rig.Read(Data + 6), _rig.Read(Data + 6)]);

        // Fetcher 4 has no music mode.
        _rig.Write(CounterHigh + 4, 0x10);
        _rig.Write(CounterLow + 4, 0x44);
        Assert.Equal([Display(0x044), Display(0x043)], [_rig.Read(Data + 4), _rig.Read(Data + 4)]);
    }

    [Fact]
    public void AVoiceWithTop0_StaysLow()
    {
        StartVoice(7, top: 0, bottom: 0);
        Assert.Equal([0, 0, 0], new[] { 76, 500, 10_000 }.Select(cycle => (int)_rig.Read(Amplitude, cycle)));
    }

    /// <summary>The published shift register: in comes the negated exclusive or of bits 7, 5, 4 and 3.</summary>
    private static byte NextRandom(byte register)
    {
        var bit = 1 ^ (register >> 7) ^ (register >> 5) ^ (register >> 4) ^ (register >> 3);
        return (byte)((register << 1) | (bit & 1));
    }

    private static void AssertBank(CartridgeRig rig, byte[] image, int bank)
    {
        Assert.Equal(image.Part((bank * 4096) + 0x80, 0xF40), rig.ReadRange(0x1080, 0xF40));
        Assert.Equal(image[(bank * 4096) + 0xFFC], rig.Peek(0xFFFC));
    }

    private byte Display(int counter) => _image[LastDisplayByte - counter];

    private void SetCounter(int fetcher, int value)
    {
        _rig.Write(CounterHigh + fetcher, (byte)(value >> 8));
        _rig.Write(CounterLow + fetcher, (byte)value);
    }

    private void StartVoice(int fetcher, byte top, byte bottom)
    {
        _rig.Write(Top + fetcher, top);
        _rig.Write(Bottom + fetcher, bottom);
        _rig.Write(CounterHigh + fetcher, 0x10);
        _rig.Write(CounterLow + fetcher, 0);
    }
}
