using DqnAspire.Core.Lanes;

namespace DqnAspire.Environments;

/// <summary>A screen in its true colours, as a person would see it, whatever observations are made of it.</summary>
public interface IDisplay
{
    /// <summary>Rows of the screen.</summary>
    int ScreenHeight { get; }

    /// <summary>Pixels of a row.</summary>
    int ScreenWidth { get; }

    /// <summary>Pictures a second at which a person would watch it, one a step.</summary>
    double FramesPerSecond => 30;

    /// <summary>What a film of the screen is made of.</summary>
    FilmFormat Format => new(ScreenWidth, ScreenHeight) { FramesPerSecond = FramesPerSecond };

    /// <summary>
    /// Has a screen that shows several pictures a step add each to a film, in its format, when it is shown.
    /// </summary>
    /// <param name="film">The film; null: no more.</param>
    /// <returns>False for a screen that shows one picture a step, which the caller reads.</returns>
    bool Capture(Film? film) => false;

    /// <summary>Reads the screen in the format of a film.</summary>
    /// <param name="picture">Receives <see cref="FilmFormat.PictureBytes"/>.</param>
    void ReadPicture(Span<byte> picture) => ReadRgb(picture);

    /// <summary>Reads the screen as colours, [height, width, 3]: red, green, blue.</summary>
    /// <param name="screen">Receives the screen.</param>
    void ReadRgb(Span<byte> screen);
}
