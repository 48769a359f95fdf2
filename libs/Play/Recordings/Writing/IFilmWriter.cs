using DqnAspire.Core.Lanes;

namespace DqnAspire.Play.Recordings.Writing;

/// <summary>
/// Writes pictures and sound of a <see cref="FilmFormat"/> that was given at its beginning, with square pixels. Nothing
/// has the recording's name before <see cref="Complete"/>; disposing without it removes what was written.
/// </summary>
public interface IFilmWriter : IDisposable
{
    /// <summary>What the pictures and the sound are made of.</summary>
    FilmFormat Format { get; }

    /// <summary>Adds a picture, which is shown for one period of the format.</summary>
    /// <param name="picture"><see cref="FilmFormat.PictureBytes"/>.</param>
    /// <param name="sound">The samples of that period; dropped where the kind of file has no sound.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    void Add(ReadOnlySpan<byte> picture, ReadOnlySpan<byte> sound);

    /// <summary>Writes the end and gives the file its name; one of that name before is replaced.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="InvalidOperationException">There is no picture.</exception>
    void Complete();
}
