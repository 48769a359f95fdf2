namespace DqnAspire.Environments.Atari.Rules;

/// <summary>The television system that a cartridge was made for: 262 or 312 lines a frame.</summary>
public enum TelevisionFormat
{
    /// <summary>262 lines, 60 frames a second.</summary>
    Ntsc,

    /// <summary>312 lines, 50 frames a second.</summary>
    Pal,
}
