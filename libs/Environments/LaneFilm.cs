using DqnAspire.Core.Lanes;

namespace DqnAspire.Environments;

/// <summary>Keeps what the screen of a lane shows. Used by the thread that steps the lanes.</summary>
internal sealed class LaneFilm
{
    private readonly IDisplay _display;
    private readonly bool _addsItself;

    public LaneFilm(IDisplay display)
    {
        _display = display;
        Film = new Film(display.Format);
        _addsItself = display.Capture(Film);
    }

    public Film Film { get; }

    /// <summary>Before a step or a reset.</summary>
    public void Begin() => Film.Clear();

    /// <summary>After a step of the lane.</summary>
    public void EndStep()
    {
        if (!_addsItself)
        {
            _display.ReadPicture(Film.Add());
        }
    }

    /// <summary>
    /// After a reset, whose own frames nobody wants to see, but for what the screen shows at its end.
    /// </summary>
    public void AddReset()
    {
        Film.Clear();
        _display.ReadPicture(Film.Add());
    }
}
