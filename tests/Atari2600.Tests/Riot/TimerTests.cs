using DqnAspire.Atari2600.Tests.Machines;

namespace DqnAspire.Atari2600.Tests.Riot;

/// <summary>The interval timer. Cycles are those at the end of the instruction that accesses it.</summary>
public sealed class TimerTests : IDisposable
{
    private const int Intim = 4;
    private const int Timint = 5;
    private const int Tim1T = 0x14;
    private const int Tim8T = 0x15;
    private const int Tim64T = 0x16;
    private const int T1024T = 0x17;

    private readonly ChipBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(Tim1T, 10, 1, 9)] // one less in the cycle after the write
    [InlineData(Tim1T, 10, 2, 8)]
    [InlineData(Tim1T, 10, 10, 0)]
    [InlineData(Tim8T, 10, 1, 9)]
    [InlineData(Tim8T, 10, 8, 9)]
    [InlineData(Tim8T, 10, 9, 8)]
    [InlineData(Tim64T, 43, 64, 42)]
    [InlineData(Tim64T, 43, 65, 41)]
    [InlineData(Tim64T, 43, 2_752, 0)] // 43 times 64
    [InlineData(T1024T, 2, 1_024, 1)]
    [InlineData(T1024T, 2, 1_025, 0)]
    [InlineData(T1024T, 2, 2_048, 0)]
    public void ByHand_BeforeItExpires(int register, byte value, int later, int timer)
    {
        const int Written = 1_000;
        _bench.Riot.Write(register, value, Written);
        Assert.Equal(timer, _bench.Riot.Read(Intim, Written + later));
        Assert.Equal(0x00, _bench.Riot.Read(Timint, Written + later));
    }

    [Theory]
    [InlineData(Tim1T, 10, 11, 0xFF)] // 11 cycles: just expired, -1
    [InlineData(Tim64T, 1, 65, 0xFF)]
    [InlineData(Tim64T, 0, 1, 0xFF)]
    public void ByHand_WhenItExpires(int register, byte value, int later, int timer)
    {
        _bench.Riot.Write(register, value, 0);
        Assert.Equal(0x80, _bench.Riot.Read(Timint, later));
        Assert.Equal(timer, _bench.Riot.Read(Intim, later));
    }

    [Fact]
    public void ByHand_AfterItExpired_TheFirstReadSetsAFlag()
    {
        // ALE. Eight cycles an interval, value 2: expires after 16 cycles. Read 20 cycles after the write: it is four
        // cycles late, two intervals have gone: 2 - 2 - 4 = -4. From then on the intervals count again.
        _bench.Riot.Write(Tim8T, 2, 100);
        Assert.Equal(0x80, _bench.Riot.Read(Timint, 119));
        Assert.Equal(0xFC, _bench.Riot.Read(Intim, 120));
        Assert.Equal(0x00, _bench.Riot.Read(Timint, 121));
        Assert.Equal(0xFC, _bench.Riot.Read(Intim, 124));
        Assert.Equal(0xFB, _bench.Riot.Read(Intim, 125));

        _bench.Riot.Write(Tim8T, 2, 200);
        Assert.Equal(0x80, _bench.Riot.Read(Timint, 217));
    }

    [Fact]
    public void EveryPrescaler_FollowsTheDefinition()
    {
        int[] shifts = [0, 3, 6, 10];
        var random = new Random(5);
        for (var history = 0; history < 400; history++)
        {
            var select = random.Next(4);
            var value = random.Next(history % 2 == 0 ? 256 : 4);
            var cycle = random.Next(5_000);
            _bench.Riot.Write(Tim1T + select, (byte)value, cycle);
            var definition = new TimerDefinition(value, shifts[select], cycle);
            for (var read = 0; read < 60; read++)
            {
                cycle += random.Next(1, 1 << random.Next(1, 13));
                var register = random.Next(4) == 0 ? Timint : Intim;
                var expected = register == Timint ? definition.Flag(cycle) : definition.Read(cycle);
                Assert.Equal(
                    (value, shifts[select], cycle, expected),
                    (value, shifts[select], cycle, _bench.Riot.Read(register, cycle)));
            }
        }
    }

    [Fact]
    public void TheTimerContinuesAcrossFrames()
    {
        _bench.Riot.Write(Tim64T, 50, 19_000);
        Assert.Equal(48, _bench.Riot.Read(Intim, 19_100));
        _bench.Riot.RebaseCycles(19_912);
        Assert.Equal(48, _bench.Riot.Read(Intim, 19_100 - 19_912));
        Assert.Equal(33, _bench.Riot.Read(Intim, 120));
    }

    [Fact]
    public void OtherWrites_LeaveTheTimerAlone()
    {
        _bench.Riot.Write(Tim64T, 50, 0);
        foreach (var address in new[] { 0x00, 0x02, 0x03, 0x04, 0x07, 0x10, 0x12 })
        {
            _bench.Riot.Write(address, 0xFF, 10);
        }

        Assert.Equal(49, _bench.Riot.Read(Intim, 20));
    }

    /// <summary>ALE's timer as its facts state it.</summary>
    private sealed class TimerDefinition(int value, int shift, int setCycle)
    {
        private int? _resetCycle;

        public int Read(int cycle)
        {
            var delta = cycle - 1 - setCycle;
            var timer = value - (delta >> shift) - 1;
            if (timer >= 0)
            {
                return timer;
            }

            timer = (value << shift) - delta - 1;
            if (timer <= -2)
            {
                _resetCycle ??= cycle;
            }

            if (_resetCycle is { } resetCycle)
            {
                timer = value - (delta >> shift) - (resetCycle - (setCycle + (value << shift)));
            }

            return timer & 0xFF;
        }

        public int Flag(int cycle) =>
            value - ((cycle - 1 - setCycle) >> shift) - 1 < 0 && _resetCycle is null ? 0x80 : 0;
    }
}
