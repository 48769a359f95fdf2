using DqnAspire.Atari2600.Tests.Machines;

namespace DqnAspire.Atari2600.Tests.Processor;

/// <summary>
/// Waiting loops are done many rounds at once where more than one instruction may run. Instruction by instruction they
/// must come to the same state, wherever they are entered and interrupted.
/// </summary>
public sealed class IdleLoopTests
{
    private const int Instructions = 700;
    private const int LoopStart = 0x1050;

    /// <summary>Cycle of the first instruction; the timer is set at cycle 0.</summary>
    private const int Begin = 7;

    private static readonly byte[] Branches = [0x10, 0x30, 0x50, 0x90, 0xD0, 0xF0];

    public static TheoryData<byte> Counters => [0xCA, 0x88, 0xE8, 0xC8];

    [Theory]
    [MemberData(nameof(Counters))]
    public void CountingLoops(byte counter)
    {
        foreach (var branch in Branches)
        {
            byte[] loop = [counter, branch, 0xFD];
            foreach (var value in new[] { 0x00, 0x01, 0x02, 0x30, 0x7F, 0x80, 0x81, 0xFF })
            {
                foreach (var flags in new[] { "", "N", "Z", "NVC" })
                {
                    // From the counter and, with whatever flags, from the branch.
                    AssertSame(loop, entry: 0, value, flags, timer: 0, timerRegister: 0x16);
                    AssertSame(loop, entry: 1, value, flags, timer: 0, timerRegister: 0x16);
                }
            }
        }
    }

    [Theory]
    [InlineData(0xAD)] // LDA
    [InlineData(0xAE)] // LDX
    [InlineData(0xAC)] // LDY
    [InlineData(0x2C)] // BIT
    [InlineData(0xCD)] // CMP
    public void PollingLoops(byte load)
    {
        foreach (var branch in Branches)
        {
            foreach (var register in new byte[] { 0x80, 0x82, 0x84, 0x85, 0x86, 0x87 })
            {
                byte[] loop = [load, register, 0x02, branch, 0xFB];
                foreach (var timer in new byte[] { 0, 1, 2, 40, 0x7F, 0x80, 0x81, 200 })
                {
                    for (var timerRegister = 0x14; timerRegister <= 0x17; timerRegister++)
                    {
                        AssertSame(loop, entry: 0, value: 5, "", timer, timerRegister);
                        AssertSame(loop, entry: 3, value: 5, "", timer, timerRegister);
                        AssertSame(loop, entry: 3, value: 5, "N", timer, timerRegister);
                    }
                }
            }
        }
    }

    [Fact]
    public void ALoopAcrossAPage_TakesACycleMoreEachRound()
    {
        using var bench = Prepare([0xCA, 0xD0, 0xFD], 0x10FE, 0x10FE, value: 5, "", 0, 0x16);
        bench.Cpu.Run(10);
        Assert.Equal((0, 0x1101), (bench.Registers.X, bench.Registers.PC));
        Assert.Equal(Begin + (4 * (2 + 4)) + (2 + 2), bench.Registers.Cycles);
    }

    [Fact]
    public void TheTimerLoopOfAGame_EndsWhereTheTimerIsZero()
    {
        // LDA INTIM, BNE: the value is 0 from 63 times 64 cycles after the write on. A round takes seven cycles.
        using var bench = Prepare(
            [0xAD, 0x84, 0x02, 0xD0, 0xFB, 0xEA], LoopStart, LoopStart, value: 0, "", timer: 64, timerRegister: 0x16);
        bench.Cpu.Run(2 * 575);
        Assert.Equal((LoopStart, 576 * 7, 1), (bench.Registers.PC, bench.Registers.Cycles, bench.Registers.A));
        bench.Cpu.Run(2);
        Assert.Equal(
            (LoopStart + 5, (577 * 7) - 1, 0), (bench.Registers.PC, bench.Registers.Cycles, bench.Registers.A));
    }

    private static void AssertSame(byte[] loop, int entry, int value, string flags, byte timer, int timerRegister)
    {
        using var single = Prepare(loop, LoopStart, LoopStart + entry, value, flags, timer, timerRegister);
        using var many = Prepare(loop, LoopStart, LoopStart + entry, value, flags, timer, timerRegister);
        for (var left = Instructions; left > 0; left--)
        {
            single.Cpu.Run(1);
        }

        many.Cpu.Run(Instructions);
        var name =
            $"{Convert.ToHexString(loop)} from {entry}, value {value:X2} {flags}, timer {timer} at {timerRegister:X2}";
        Assert.Equal($"{name}: {Describe(single)}", $"{name}: {Describe(many)}");
    }

    private static ChipBench Prepare(
        byte[] loop, int start, int entry, int value, string flags, byte timer, int timerRegister)
    {
        var bench = new ChipBench();

        // After the loop, a slide of NOPs.
        bench.Rom.Fill(0xEA);
        loop.CopyTo(bench.Rom[(start & 0xFFF)..]);
        bench.Riot.Write(timerRegister, timer, 0);
        bench.State.Inputs.Swcha = 0x05;
        bench.State.Inputs.Swchb = 0x80;
        bench.Registers.Cycles = Begin;
        bench.Registers.PC = entry;
        bench.Registers.A = value;
        bench.Registers.X = value;
        bench.Registers.Y = value;
        bench.Flags = flags;
        return bench;
    }

    private static string Describe(ChipBench bench)
    {
        ref var cpu = ref bench.Registers;
        return $"A={cpu.A:X2} X={cpu.X:X2} Y={cpu.Y:X2} PC={cpu.PC:X4} {bench.Flags}"
            + $" bus {cpu.DataBus:X2} cycle {cpu.Cycles}"
            + $" late {bench.State.Riot.ReadAfterExpiry} {bench.State.Riot.ExpiryReadCycle}";
    }
}
