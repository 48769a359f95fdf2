using DqnAspire.Atari2600.Television;

namespace DqnAspire.Atari2600.Sound;

/// <summary>Samples of sound a second: two for each line of the standard number of lines and frames.</summary>
public static class SampleRates
{
    /// <summary>262 lines 60 times a second.</summary>
    public const int Ntsc = 2 * 262 * 60;

    /// <summary>312 lines 50 times a second.</summary>
    public const int Pal = 2 * 312 * 50;

    /// <summary>The rate of a television format.</summary>
    public static int Of(TelevisionFormat format) => format == TelevisionFormat.Pal ? Pal : Ntsc;
}
