namespace DqnAspire.Atari2600.State;

/// <summary>The 6532: 128 bytes of RAM, the interval timer and port A's direction register.</summary>
internal unsafe struct RiotState
{
    public const int RamSize = 128;

    public fixed byte Ram[RamSize];

    /// <summary>Value last written to TIM1T..T1024T, 0..255.</summary>
    public uint Timer;

    /// <summary>log2 of the prescaler: 0, 3, 6 or 10.</summary>
    public int TimerShift;

    /// <summary>CPU cycle of the last timer write.</summary>
    public uint TimerSetCycle;

    /// <summary>CPU cycle of the first read after the timer expired.</summary>
    public uint ExpiryReadCycle;

    /// <summary>Not 0 once the timer was read after it expired.</summary>
    public int ReadAfterExpiry;

    public byte Swacnt;
}
