using System.Globalization;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Pictures;

namespace DqnAspire.Play.Recordings.Writing;

/// <summary>A folder of numbered PNG files, one a picture: 000000.png and so on. It has no sound.</summary>
public sealed class PngSequenceWriter : IFilmWriter
{
    private readonly string _path;
    private readonly string _part;
    private readonly byte[] _rgb;
    private int _pictures;
    private bool _isComplete;

    /// <summary>Begins a folder.</summary>
    /// <param name="path">Its name when it is whole. One that holds nothing but such files is replaced then.</param>
    /// <param name="format">What the pictures are made of; the sound is left out.</param>
    /// <exception cref="IOException">It cannot be made, or there is a folder of that name with other files.</exception>
    public PngSequenceWriter(string path, FilmFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        Format = format;
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        _part = PartFile.NameOf(_path);
        RequireOwn(_path);
        Remove(_part);
        Directory.CreateDirectory(_part);
        _rgb = format.Palette.IsEmpty ? [] : new byte[3 * format.PictureBytes];
    }

    /// <inheritdoc/>
    public FilmFormat Format { get; }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> picture, ReadOnlySpan<byte> sound)
    {
        var name = _pictures.ToString("D6", CultureInfo.InvariantCulture) + ".png";
        var png = PngPicture.Encode(PaletteColours.ToRgb(picture, Format, _rgb), Format.Height, Format.Width);
        File.WriteAllBytes(Path.Combine(_part, name), png);
        _pictures++;
    }

    /// <inheritdoc/>
    public void Complete()
    {
        if (_pictures == 0)
        {
            throw new InvalidOperationException("A sequence has at least one picture.");
        }

        RequireOwn(_path);
        Remove(_path);
        Directory.Move(_part, _path);
        _isComplete = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isComplete)
        {
            Remove(_part);
        }
    }

    private static void RequireOwn(string folder)
    {
        if (File.Exists(folder)
            || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any(entry =>
                Path.GetExtension(entry) != ".png" || Directory.Exists(entry))))
        {
            throw new IOException($"{folder} exists and is no PNG sequence; give the recording another name.");
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
