using DqnAspire.Atari2600;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Snapshots;

namespace DqnAspire.Environments.Atari;

/// <summary>
/// The last frames of a console, so that a picture which nobody was expected to look at can still be had: the console
/// goes back, and the frames are played again and drawn. What is drawn is thus a matter of speed only.
/// </summary>
/// <param name="console">The console.</param>
internal sealed class RecentFrames(AtariConsole console)
{
    /// <summary>
    /// Frames that a picture can depend on: the pictures take turns, and a short frame leaves the rest of the one
    /// before the last.
    /// </summary>
    private const int Depth = 3;

    /// <summary>
    /// Frames that are remembered: at most five from one noted moment to the next, as after three drawn frames in a row
    /// all is forgotten, and as many after the second.
    /// </summary>
    private const int Capacity = 4 * Depth;

    private readonly Frame[] _frames = new Frame[Capacity];
    private ConsoleMoment _older = new();
    private ConsoleMoment _newer = new();
    private int _count;
    private int _newerAt;
    private int _drawnInRow;

    /// <summary>Forgets them: what follows is not to be played again together with what was before.</summary>
    public void Forget() => (_count, _newerAt) = (0, 0);

    /// <summary>Plays a frame.</summary>
    /// <param name="input">What the player does.</param>
    /// <param name="switches">Switches of the console.</param>
    /// <param name="draw">Whether the picture is wanted for sure.</param>
    public void Play(StickInput input, ConsoleSwitches switches, bool draw)
    {
        if (!draw)
        {
            _drawnInRow = 0;
            NoteWhenDue();
        }
        else if (_count > 0 && ++_drawnInRow == Depth)
        {
            Forget();
        }

        if (_count > 0 || !draw)
        {
            _frames[_count++] = new Frame(input, switches, draw);
        }

        console.Step(input, StickInput.None, switches, draw);
        if (!draw && console.IsFramePartial)
        {
            // What such a frame did not reach is greyed in the picture as it is now.
            Show();
        }
    }

    /// <summary>Sees to it that the console's picture is that of the last frame.</summary>
    public void Show()
    {
        var last = _count - 1;
        if (last < 0
            || (_frames[last].IsDrawn && (last < 2 || _frames[last - 2].IsDrawn || !console.IsPictureShort)))
        {
            return;
        }

        var fromOlder = _newerAt > 0 && _count - _newerAt < Depth;
        console.Return(fromOlder ? _older : _newer);
        for (var i = fromOlder ? 0 : _newerAt; i <= last; i++)
        {
            console.Step(_frames[i].Input, StickInput.None, _frames[i].Switches, draw: true);
        }

        Forget();
    }

    /// <summary>
    /// Notes the moment before a frame that is not drawn, when the last one is far enough back: one of the last two is
    /// always at least as far back as a picture can depend on.
    /// </summary>
    private void NoteWhenDue()
    {
        if (_count > 0 && _count - _newerAt < Depth)
        {
            return;
        }

        // The older moment is dropped with the frames after it; the newer one takes its place at the beginning.
        _frames.AsSpan(_newerAt, _count - _newerAt).CopyTo(_frames);
        _count -= _newerAt;
        _newerAt = _count;
        (_older, _newer) = (_newer, _older);
        console.Note(_newer);
    }

    private readonly record struct Frame(StickInput Input, ConsoleSwitches Switches, bool IsDrawn);
}
