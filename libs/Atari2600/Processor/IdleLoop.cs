using DqnAspire.Atari2600.Riot;

namespace DqnAspire.Atari2600.Processor;

/// <summary>
/// How many rounds of a waiting loop can be done at once. Programs wait most of the time: for the RIOT's timer during
/// the blank lines, or by counting an index register down. Nothing else happens in such a loop, so its rounds but the
/// last follow from arithmetic.
/// </summary>
internal static class IdleLoop
{
    /// <summary>Cycles of a round of DEX or DEY and a branch, without the branch's cycles for being taken.</summary>
    public const int CountDownCycles = 4;

    /// <summary>
    /// Cycles of a round of an absolute load and a branch, without the branch's cycles for being taken.
    /// </summary>
    public const int PollCycles = 6;

    public const int LdaOpcode = 0xAD;
    public const int LdxOpcode = 0xAE;
    public const int LdyOpcode = 0xAC;
    public const int BitOpcode = 0x2C;
    public const int DexOpcode = 0xCA;
    public const int DeyOpcode = 0x88;
    public const int BplOpcode = 0x10;
    public const int BneOpcode = 0xD0;

    /// <summary>The smallest byte that sets the N flag.</summary>
    private const int FirstNegative = 0x80;

    /// <summary>
    /// Rounds of "DEX (or DEY), branch back to it" that surely end in the branch being taken again, when the branch is
    /// taken with the register at <paramref name="register"/> and <paramref name="left"/> instructions may follow. The
    /// branch may have been jumped to, with flags that tell nothing about the register.
    /// </summary>
    public static int CountDown(int branch, int register, int left) => branch switch
    {
        BneOpcode => Math.Min(register - 1, left / 2),
        BplOpcode when register <= FirstNegative => Math.Min(register, left / 2),
        _ => 0,
    };

    /// <summary>
    /// Rounds of "load INTIM, branch back to it" or "BIT TIMINT, BPL back to it" that surely end in the branch being
    /// taken again. <paramref name="cycles"/> is the cycle at which the branch begins to be taken, which costs
    /// <paramref name="taken"/> more.
    /// </summary>
    public static int Poll(RiotChip riot, int load, int address, int branch, int cycles, int taken, int left)
    {
        // RIOT registers: bit 12 clear, bits 7 and 9 set; timer and flag at 4..7.
        if ((address & 0x1284) != 0x0284)
        {
            return 0;
        }

        var flag = (address & 1) != 0;
        var lastRead = cycles - 2;
        var period = PollCycles + taken;
        var rounds = (load, branch, flag) switch
        {
            (LdaOpcode or LdxOpcode or LdyOpcode, BneOpcode, false) => riot.ReadsAboveZero(lastRead, period),
            (LdaOpcode or LdxOpcode or LdyOpcode, BplOpcode, false) when riot.PeekTimer(lastRead) < FirstNegative =>
                riot.ReadsBeforeExpiry(lastRead, period),
            (BitOpcode, BplOpcode, true) => riot.ReadsBeforeExpiry(lastRead, period),
            _ => 0,
        };
        return Math.Min(rounds, left / 2);
    }
}
