namespace DqnAspire.Environments;

/// <summary>A screen in its true colours, as a person would see it, whatever observations are made of it.</summary>
public interface IDisplay
{
    /// <summary>Rows of the screen.</summary>
    int ScreenHeight { get; }

    /// <summary>Pixels of a row.</summary>
    int ScreenWidth { get; }

    /// <summary>Reads the screen as colours, [height, width, 3]: red, green, blue.</summary>
    /// <param name="screen">Receives the screen.</param>
    void ReadRgb(Span<byte> screen);
}
