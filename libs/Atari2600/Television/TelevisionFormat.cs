namespace DqnAspire.Atari2600.Television;

/// <summary>Television norms; they differ in lines a frame and in colours.</summary>
public enum TelevisionFormat
{
    /// <summary>262 lines, 60 frames a second.</summary>
    Ntsc,

    /// <summary>312 lines, 50 frames a second; colours are lost after a frame with an odd number of lines.</summary>
    Pal,
}
