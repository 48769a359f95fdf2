namespace DqnAspire.Atari2600.State;

/// <summary>
/// Registers of the DPC chip (Display Processor Chip, US patent 4,644,495): eight data fetchers and a random number.
/// </summary>
internal unsafe struct DpcState
{
    public fixed byte Tops[8];
    public fixed byte Bottoms[8];
    public fixed byte Flags[8];
    public fixed ushort Counters[8];

    /// <summary>Bit n set: data fetcher 5 + n is in music mode.</summary>
    public int MusicMode;

    public byte RandomNumber;

    /// <summary>CPU cycle at which the music counters were last brought up to date.</summary>
    public int MusicCycle;

    /// <summary>Part of an oscillator clock left over at <see cref="MusicCycle"/>, 0 up to 1.</summary>
    public double FractionalClocks;
}
