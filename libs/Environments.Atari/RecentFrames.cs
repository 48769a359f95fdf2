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

    private readonly Frame[] _frames = [new(), new(), new()];
    private int _count;

    /// <summary>Forgets them: what follows is not to be played again together with what was before.</summary>
    public void Forget() => _count = 0;

    /// <summary>Plays a frame.</summary>
    /// <param name="input">What the player does.</param>
    /// <param name="switches">Switches of the console.</param>
    /// <param name="draw">Whether the picture is wanted for sure.</param>
    public void Play(StickInput input, ConsoleSwitches switches, bool draw)
    {
        // The oldest gives way.
        if (_count == Depth)
        {
            (_frames[0], _frames[1], _frames[2]) = (_frames[1], _frames[2], _frames[0]);
            _count--;
        }

        var frame = _frames[_count++];
        (frame.Input, frame.Switches, frame.IsDrawn) = (input, switches, draw);
        if (!draw)
        {
            console.Note(frame.Before);
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
        if (last < 0 || (_frames[last].IsDrawn && (last < 2 || _frames[0].IsDrawn || !console.IsPictureShort)))
        {
            return;
        }

        var first = 0;
        while (_frames[first].IsDrawn)
        {
            first++;
        }

        console.Return(_frames[first].Before);
        for (var i = first; i <= last; i++)
        {
            console.Step(_frames[i].Input, StickInput.None, _frames[i].Switches, draw: true);
            _frames[i].IsDrawn = true;
        }
    }

    private sealed class Frame
    {
        public readonly ConsoleMoment Before = new();

        public StickInput Input;

        public ConsoleSwitches Switches;

        public bool IsDrawn;
    }
}
