using DqnAspire.Core.Lanes;
using DqnAspire.Play.Recordings.Drawing;
using DqnAspire.Play.Recordings.Writing;

namespace DqnAspire.Play.Recordings;

/// <summary>
/// Pictures and sound on their way from a game's film to a file: picked at the recording's frame rate, drawn, and kept
/// together.
/// </summary>
internal sealed class FilmWriting : IDisposable
{
    /// <summary>The level of a sample that is silent.</summary>
    private const byte Silence = 128;

    /// <summary>Where a picture of the recording falls on one of the film, rounding must not lose it.</summary>
    private const double Rounding = 1e-9;

    private readonly FilmFormat _film;
    private readonly Canvas _canvas;
    private readonly IFilmWriter _writer;
    private readonly double _picturesPerPicture;
    private readonly List<byte> _sound = [];
    private long _shown;
    private long _samples;

    public FilmWriting(string path, FilmFormat film, RecordingOptions options, IReadOnlyList<int> captions)
    {
        _film = film;
        var rate = options.FrameRateOf(film);
        _picturesPerPicture = rate / (film.FramesPerSecond * options.Speed);
        _canvas = new Canvas(film, options.Scale, options.SquarePixels, captions, rate);
        _writer = RecordingFiles.Create(path, options.Format, _canvas.Format with
        {
            SampleRate = (int)Math.Round(film.SampleRate * options.Speed),
        });
    }

    /// <summary>What is written.</summary>
    public FilmFormat Format => _writer.Format;

    /// <summary>Pictures written so far.</summary>
    public long Pictures { get; private set; }

    /// <summary>Adds all pictures of a film.</summary>
    /// <param name="film">What was shown.</param>
    /// <param name="captions">What is written below.</param>
    public void Add(Film film, IReadOnlyList<string> captions)
    {
        AddSound(film.Sound.Span, film.Count);
        for (var i = 0; i < film.Count; i++)
        {
            var due = (long)Math.Ceiling(((_shown + 1) * _picturesPerPicture) - Rounding);
            _shown++;
            if (Pictures == due)
            {
                continue;
            }

            var picture = _canvas.Draw(film[i].Span, captions);
            for (; Pictures < due; Pictures++)
            {
                _writer.Add(picture, TakeSound());
            }
        }
    }

    public void Complete() => _writer.Complete();

    public void Dispose() => _writer.Dispose();

    /// <summary>
    /// A console's frames may have more or fewer lines than a television's, and so samples; they are stretched to the
    /// time of the pictures, so that sound and pictures stay together.
    /// </summary>
    private void AddSound(ReadOnlySpan<byte> sound, int pictures)
    {
        if (_film.SampleRate == 0)
        {
            return;
        }

        var end = (long)Math.Round((_shown + pictures) * _film.SampleRate / _film.FramesPerSecond);
        var count = end - _samples;
        for (var i = 0L; i < count; i++)
        {
            _sound.Add(sound.IsEmpty ? Silence : sound[(int)(i * sound.Length / count)]);
        }

        _samples = end;
    }

    private byte[] TakeSound()
    {
        byte[] sound = [.. _sound];
        _sound.Clear();
        return sound;
    }
}
