namespace DqnAspire.Core.Lanes;

/// <summary>What a lane's screen shows and sounds like: the format of a <see cref="Film"/>.</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
public sealed record FilmFormat(int Width, int Height)
{
    /// <summary>
    /// [colours, 3]: red, green and blue of each pixel value; a pixel is one byte then. Empty: a pixel is three bytes,
    /// its own red, green and blue.
    /// </summary>
    public ReadOnlyMemory<byte> Palette { get; init; }

    /// <summary>Pictures a second at the game's own speed.</summary>
    public double FramesPerSecond { get; init; } = 30;

    /// <summary>Width of a pixel over its height where it is shown; 2 for an Atari 2600, about.</summary>
    public double PixelAspect { get; init; } = 1;

    /// <summary>Samples of sound a second, unsigned bytes, one channel; 0: there is no sound.</summary>
    public int SampleRate { get; init; }

    /// <summary>Size of a picture.</summary>
    public int PictureBytes => Width * Height * (Palette.IsEmpty ? 3 : 1);
}
