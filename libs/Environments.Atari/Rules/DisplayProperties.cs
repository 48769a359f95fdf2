using DqnAspire.Atari2600.Television;

namespace DqnAspire.Environments.Atari.Rules;

/// <summary>The part of the television picture that a game's observation shows.</summary>
/// <param name="FirstScanline">The scanline shown at the top, counted from the start of the frame.</param>
/// <param name="Height">Scanlines shown before the television format is known.</param>
/// <param name="ObservedHeight">Scanlines shown once it is: 250 instead of 210 for PAL.</param>
/// <param name="Width">Color clocks shown of a scanline, always 160.</param>
/// <param name="Format">The television format to use; null when it is to be told from the running cartridge.</param>
/// <param name="DetectedFormat">The format that detection comes to.</param>
/// <param name="Phosphor">The game flickers by design. Nothing acts on it.</param>
/// <param name="HmoveBlanks">HMOVE blanks the left edge of the line, as the hardware does.</param>
public sealed record DisplayProperties(
    int FirstScanline,
    int Height,
    int ObservedHeight,
    int Width,
    TelevisionFormat? Format,
    TelevisionFormat DetectedFormat,
    bool Phosphor,
    bool HmoveBlanks);
