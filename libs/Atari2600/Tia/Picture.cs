namespace DqnAspire.Atari2600.Tia;

/// <summary>Size of the two pictures that the television keeps.</summary>
internal static class Picture
{
    /// <summary>
    /// Rows of a picture: enough for YStart + Height, which a frame after an interrupted reset is drawn with.
    /// </summary>
    public const int Rows = 320;

    /// <summary>Bytes of a picture: one a pixel.</summary>
    public const int BufferSize = Rows * Beam.PixelsPerLine;
}
