using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Play.Games;
using DqnAspire.Runs.Records;

namespace DqnAspire.Play.Recordings;

/// <summary>
/// A recording that is being made: takes the steps of a game, whoever plays it, and writes pictures and, at the end,
/// the JSON beside them. Disposed before it is complete, it leaves nothing.
/// </summary>
public sealed class Recording : IDisposable
{
    private readonly RecordingSubject _subject;
    private readonly FilmWriting _film;
    private readonly Captions _captions;
    private readonly List<FilmedEpisode> _episodes = [];
    private readonly List<int> _actions = [];
    private readonly List<double> _rewards = [];
    private readonly List<int> _lives = [];
    private ulong _seed;
    private ulong _firstSeed;
    private StepFlags _end;

    /// <summary>Begins a recording.</summary>
    /// <param name="path">Name of the file, or for PNG of the folder, when it is whole.</param>
    /// <param name="subject">Who plays what.</param>
    /// <param name="film">What the game's film is made of.</param>
    /// <param name="options">How it looks.</param>
    /// <exception cref="RecordingException">
    /// An option is out of its range, a program is missing, or the file cannot be made.
    /// </exception>
    public Recording(string path, RecordingSubject subject, FilmFormat film, RecordingOptions options)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        _subject = subject;
        _captions = new Captions(options.Overlays, subject.ActionNames);
        _film = Guard(() => new FilmWriting(Path, film, options, _captions.Lengths));
    }

    /// <summary>Absolute path of the file or folder.</summary>
    public string Path { get; }

    /// <summary>Begins an episode with what the screen shows at first.</summary>
    /// <param name="seed">Seed of its reset: the first one's, or one more than the last.</param>
    /// <param name="film">What the reset showed.</param>
    /// <exception cref="RecordingException">It cannot be written; nothing of it is left.</exception>
    public void BeginEpisode(ulong seed, Film film)
    {
        EndEpisode();
        _firstSeed = _episodes.Count == 0 ? seed : _firstSeed;
        _seed = seed;
        _captions.Begin();
        Write(film);
    }

    /// <summary>Adds a step.</summary>
    /// <param name="step">The step, with its film.</param>
    /// <exception cref="RecordingException">It cannot be written; nothing of it is left.</exception>
    public void Add(GameStep step)
    {
        _actions.Add(step.Decision.Action);
        _rewards.Add(step.Reward);
        _lives.Add(step.Lives);
        _end = step.End;
        _captions.Show(step);
        Write(step.Film ?? throw new ArgumentException("The step was not filmed.", nameof(step)));
    }

    /// <summary>Ends the recording and writes the JSON beside it.</summary>
    /// <returns>What the JSON holds.</returns>
    /// <exception cref="RecordingException">It cannot be written; nothing of it is left.</exception>
    public RecordedFilm Complete()
    {
        EndEpisode();
        var (info, settings, format) = (_subject.Policy?.Info, _subject.Settings, _film.Format);
        var recorded = new RecordedFilm
        {
            Pictures = System.IO.Path.GetFileName(Path),
            RunId = info?.RunId ?? "",
            Policy = info?.Label ?? "",
            Steps = info?.Steps ?? 0,
            PolicySha256 = _subject.Policy?.Sha256,
            Environment = settings.EnvironmentId,
            Options = settings.Options,
            ActionNames = _subject.ActionNames,
            Seed = _firstSeed,
            Epsilon = settings.Epsilon,
            MaxSteps = settings.MaxSteps,
            PictureCount = _film.Pictures,
            FramesPerSecond = format.FramesPerSecond,
            Width = format.Width,
            Height = format.Height,
            Episodes = _episodes,
        };
        return Guard(() =>
        {
            // First the JSON: what can still fail then is only the renaming of the pictures.
            var json = RecordedFilm.PathFor(Path);
            recorded.Write(json);
            try
            {
                _film.Complete();
            }
            catch
            {
                File.Delete(json);
                throw;
            }

            return recorded;
        });
    }

    /// <summary>Removes what is not complete.</summary>
    public void Dispose() => _film.Dispose();

    private void EndEpisode()
    {
        if (_actions.Count > 0)
        {
            _episodes.Add(FilmedEpisode.Of(_seed, _end, _actions, _rewards, _lives));
        }

        _actions.Clear();
        _rewards.Clear();
        _lives.Clear();
        _end = StepFlags.None;
    }

    private void Write(Film film) => Guard(() =>
    {
        _film.Add(film, _captions.Texts);
        return true;
    });

    private T Guard<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _film?.Dispose();
            throw new RecordingException($"{Path} could not be written, and nothing of it is left: {e.Message}", e);
        }
    }
}
