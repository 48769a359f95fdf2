using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Atari.Preprocessing.Screens;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Tests.Atari.Preprocessing;

/// <summary>
/// The game that the recordings were made with: its screen is a formula of the frame and the action. A life goes with
/// every 23rd frame of an episode, the third ends it.
/// </summary>
internal sealed class SyntheticGame(int truncateAt = 0, int frameSkip = 1) : IAtariEmulator
{
    private const int FramesPerLife = 23;
    private const int FramesPerReset = 1000;
    private const int FirstLives = 3;

    private int _episodeFrame;
    private bool _isDrawn;

    public int ScreenHeight => GoldenImage.Height;

    public int ScreenWidth => GoldenImage.Width;

    public ActionSpace ActionSpace { get; } = new("NOOP", "FIRE", "RIGHT", "LEFT", "RIGHTFIRE", "LEFTFIRE");

    public int FrameSkip => frameSkip;

    public int Lives { get; private set; }

    public Pcg64 Random { get; private set; } = new(0);

    /// <summary>
    /// The frame counter, which no reset clears. With <see cref="LastAction"/> it determines the screen.
    /// </summary>
    public int Frame { get; set; }

    public int LastAction { get; set; }

    public int Steps { get; private set; }

    public int Resets { get; private set; }

    public void Reset(ulong? seed)
    {
        Random = seed is { } number ? new Pcg64(number) : Random;
        Resets++;
        Frame += FramesPerReset;
        _episodeFrame = 0;
        Lives = FirstLives;
        LastAction = 0;
        _isDrawn = true;
    }

    public StepResult Step(int action, bool draw)
    {
        Steps++;
        Frame++;
        _episodeFrame++;
        LastAction = action;
        _isDrawn = draw;
        if (_episodeFrame % FramesPerLife == 0)
        {
            Lives--;
        }

        var flags = Lives <= 0 ? StepFlags.Terminated : StepFlags.None;
        flags |= truncateAt > 0 && _episodeFrame >= truncateAt ? StepFlags.Truncated : StepFlags.None;
        return new StepResult((7 * Frame % 5) - 1, flags);
    }

    public void ReadGrayscale(Span<byte> screen)
    {
        RequireDrawn();
        for (var row = 0; row < ScreenHeight; row++)
        {
            for (var column = 0; column < ScreenWidth; column++)
            {
                screen[(row * ScreenWidth) + column] = Gray(row, column);
            }
        }
    }

    public void ReadRgb(Span<byte> screen)
    {
        RequireDrawn();
        for (var i = 0; i < screen.Length; i++)
        {
            var (pixel, channel) = (i / 3, i % 3);
            screen[i] = (byte)((Gray(pixel / ScreenWidth, pixel % ScreenWidth) * (channel + 1)) + (51 * channel));
        }
    }

    public void SaveState(StateWriter writer)
    {
        writer.Write([Frame, LastAction, _episodeFrame, Lives]);
        writer.Write(_isDrawn);
        writer.Write(Random);
    }

    public void RestoreState(StateReader reader)
    {
        (Frame, LastAction, _episodeFrame, Lives) =
            (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        _isDrawn = reader.ReadBoolean();
        Random = reader.ReadPcg64()!;
    }

    public void Draw() => _isDrawn = true;

    private byte Gray(int row, int column) =>
        (byte)((7 * row) + (13 * column) + (29 * Frame) + (17 * LastAction) + (row * column / 16 * (Frame % 4)));

    private void RequireDrawn()
    {
        if (!_isDrawn)
        {
            Assert.Fail($"The screen of frame {Frame} was read, but it was said that nobody would.");
        }
    }
}
