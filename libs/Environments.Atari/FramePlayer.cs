using DqnAspire.Atari2600;
using DqnAspire.Atari2600.Controllers;
using Switches = DqnAspire.Atari2600.Controllers.ConsoleSwitches;

namespace DqnAspire.Environments.Atari;

/// <summary>
/// Plays the frames of a game, with the difficulty switches where they are, and has the picture of the last one.
/// </summary>
/// <param name="console">The console.</param>
/// <param name="averages">Whether a picture is the average of the last two.</param>
internal sealed class FramePlayer(AtariConsole console, bool averages)
{
    /// <summary>Highest value of the difficulty switches.</summary>
    public const int MaxDifficulty = 3;

    /// <summary>What a frame costs that ends at the console's limit of instructions, in usual ones.</summary>
    private const int PartialFrameCost = 4;

    private readonly RecentFrames _recent = new(console);
    private readonly byte[] _averaged = averages ? new byte[console.Screen.Length] : [];
    private Switches _difficulty;

    /// <summary>The difficulty switches, bit 0 left, bit 1 right, 1 for A.</summary>
    public int Difficulty
    {
        get => ((_difficulty & Switches.LeftDifficultyA) != 0 ? 1 : 0)
            | ((_difficulty & Switches.RightDifficultyA) != 0 ? 2 : 0);
        set => _difficulty = ((value & 1) != 0 ? Switches.LeftDifficultyA : Switches.None)
            | ((value & 2) != 0 ? Switches.RightDifficultyA : Switches.None);
    }

    /// <summary>Frames played so far, by what they cost to emulate.</summary>
    public long Work { get; private set; }

    /// <summary>The picture after the last frame, whether or not it was drawn when it was played.</summary>
    public ReadOnlySpan<byte> Picture
    {
        get
        {
            _recent.Show();
            if (!averages)
            {
                return console.Screen;
            }

            ColourAverage.For(console.Format).Apply(console.Screen, console.PreviousScreen, _averaged);
            return _averaged;
        }
    }

    /// <summary>Plays a frame.</summary>
    /// <param name="input">What the player does.</param>
    /// <param name="switches">Switches beside those of the difficulty.</param>
    /// <param name="draw">Whether the picture is wanted for sure.</param>
    public void Play(StickInput input, Switches switches, bool draw)
    {
        _recent.Play(input, switches | _difficulty, draw || averages);
        Work += console.IsFramePartial ? PartialFrameCost : 1;
    }

    /// <summary>Plays frames as one call of ALE's does while it resets.</summary>
    /// <param name="input">What the player does.</param>
    /// <param name="switches">Switches beside those of the difficulty.</param>
    /// <param name="frames">Number of frames.</param>
    public void Hold(StickInput input, Switches switches, int frames)
    {
        _recent.Forget();
        console.Hold(input, StickInput.None, switches | _difficulty, frames);
    }

    /// <summary>Forgets what was played: the console is about to be put into another state.</summary>
    public void Forget() => _recent.Forget();

    /// <summary>
    /// Draws what was not drawn, and forgets what was played: the console is about to change between two frames.
    /// </summary>
    public void Settle()
    {
        _recent.Show();
        _recent.Forget();
    }
}
