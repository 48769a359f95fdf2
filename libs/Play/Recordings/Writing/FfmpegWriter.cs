using System.Globalization;
using DqnAspire.Agents.Settings;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Play.Recordings.Writing;

/// <summary>
/// An MP4 (H.264 and AAC) or WebM (VP9 and Opus) file, encoded by <c>ffmpeg</c>: raw pictures go to it by a pipe, and
/// the sound by a second one when the pictures are done.
/// </summary>
public sealed class FfmpegWriter : IFilmWriter
{
    private const string Bt709 = "bt709";

    private readonly string _path;
    private readonly string _container;
    private readonly string _pictures;
    private readonly string _whole;
    private readonly string[] _soundCodec;
    private readonly Ffmpeg _ffmpeg;
    private readonly MemoryStream _sound = new();
    private readonly byte[] _rgb;
    private bool _hasPictures;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Its name when it is whole.</param>
    /// <param name="format">What pictures and sound are made of.</param>
    /// <param name="kind">MP4 or WebM.</param>
    /// <exception cref="RecordingException">There is no ffmpeg; the message says what to install.</exception>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public FfmpegWriter(string path, FilmFormat format, RecordingFormat kind)
    {
        ArgumentNullException.ThrowIfNull(format);
        Format = format;
        _path = Path.GetFullPath(path);
        (_pictures, _whole) = (PartFile.NameOf(_path) + ".pictures", PartFile.NameOf(_path));
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        _rgb = format.Palette.IsEmpty ? [] : new byte[3 * format.PictureBytes];
        string[] pictureCodec;
        (_container, pictureCodec, _soundCodec) = kind == RecordingFormat.WebM
            ? ("webm",
                (string[])["libvpx-vp9", "-crf", "24", "-b:v", "0", "-deadline", "realtime", "-cpu-used", "6"],
                (string[])["libopus", "-b:a", "64k"])
            : ("mp4", ["libx264", "-crf", "18", "-preset", "veryfast"], ["aac", "-b:a", "96k"]);
        // Both codecs want an even number of rows and columns, and colours at half the resolution.
        _ffmpeg = new Ffmpeg(
        [
            "-f", "rawvideo", "-pixel_format", "rgb24",
            "-video_size", string.Create(CultureInfo.InvariantCulture, $"{format.Width}x{format.Height}"),
            "-framerate", format.FramesPerSecond.ToString("R", CultureInfo.InvariantCulture), "-i", "pipe:0",
            "-vf", $"scale=out_color_matrix={Bt709}:flags=neighbor,pad=ceil(iw/2)*2:ceil(ih/2)*2,format=yuv420p",
            "-colorspace", Bt709, "-color_primaries", Bt709, "-color_trc", Bt709,
            "-c:v", .. pictureCodec, "-f", _container, _pictures,
        ]);
    }

    /// <inheritdoc/>
    public FilmFormat Format { get; }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> picture, ReadOnlySpan<byte> sound)
    {
        _ffmpeg.Write(PaletteColours.ToRgb(picture, Format, _rgb));
        _sound.Write(sound);
        _hasPictures = true;
    }

    /// <inheritdoc/>
    public void Complete()
    {
        if (!_hasPictures)
        {
            throw new InvalidOperationException("A video has at least one picture.");
        }

        _ffmpeg.Complete();
        string[] sound = Format.SampleRate > 0
            ? ["-f", "u8", "-ar", $"{Format.SampleRate}", "-ac", "1", "-i", "pipe:0", "-c:a", .. _soundCodec]
            : [];
        using var join = new Ffmpeg(
        [
            "-i", _pictures, .. sound, "-c:v", "copy", "-f", _container, _whole,
        ]);
        if (Format.SampleRate > 0)
        {
            join.Write(_sound.GetBuffer().AsSpan(0, (int)_sound.Length));
        }

        join.Complete();
        File.Move(_whole, _path, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ffmpeg.Dispose();
        _sound.Dispose();
        File.Delete(_pictures);
        File.Delete(_whole);
    }
}
