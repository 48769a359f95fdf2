using System.Runtime.InteropServices;
using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments;
using DqnAspire.Environments.State;

namespace CatchEnvironment;

/// <summary>
/// A ball falls from the top of a board of 10 rows and 5 columns; a paddle in the last row moves left or right. An
/// episode ends when the ball is in the last row: with reward 1 if the paddle is there, otherwise -1. An observation is
/// the board, 1 where the ball or the paddle is.
/// </summary>
/// <param name="speed">Rows that the ball falls in a step.</param>
public sealed class Catch(int speed) : IEnvironment, IDisplay
{
    private const int Rows = 10;
    private const int Columns = 5;
    private const int CellPixels = 16;

    private Pcg64? _random;
    private int _ballRow = Rows - 1;
    private int _ballColumn;
    private int _paddle;

    /// <inheritdoc/>
    public ObservationSpace ObservationSpace { get; } = ObservationSpace.Box(
        ElementType.Float32, [Rows, Columns], [0], [1]);

    /// <inheritdoc/>
    public ActionSpace ActionSpace { get; } = new("LEFT", "STAY", "RIGHT");

    /// <inheritdoc/>
    public int MaxEpisodeSteps => 0;

    /// <inheritdoc/>
    public IDisplay Display => this;

    /// <inheritdoc/>
    public int ScreenHeight => Rows * CellPixels;

    /// <inheritdoc/>
    public int ScreenWidth => Columns * CellPixels;

    private bool IsOver => _ballRow == Rows - 1;

    /// <inheritdoc/>
    public void Reset(ulong? seed, Span<byte> observation)
    {
        ObservationSpace.ThrowIfTooShort(observation);
        _random = EnvironmentRandom.AtReset(_random, seed);
        (_ballRow, _ballColumn, _paddle) = (0, (int)_random.Integers(0, Columns), Columns / 2);
        Observe(observation);
    }

    /// <inheritdoc/>
    public StepResult Step(int action, Span<byte> observation)
    {
        ActionSpace.ThrowIfOutside(action);
        ObservationSpace.ThrowIfTooShort(observation);
        if (IsOver)
        {
            EnvironmentErrors.ThrowResetNeeded();
        }

        _paddle = Math.Clamp(_paddle + action - 1, 0, Columns - 1);
        _ballRow = Math.Min(_ballRow + speed, Rows - 1);
        Observe(observation);
        return IsOver
            ? new StepResult(_ballColumn == _paddle ? 1 : -1, StepFlags.Terminated)
            : new StepResult(0, StepFlags.None);
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter writer)
    {
        writer.Section(nameof(Catch));
        writer.Setting("speed", speed);
        writer.Write(_random);
        writer.Write([_ballRow, _ballColumn, _paddle]);
    }

    /// <inheritdoc/>
    public void RestoreState(StateReader reader)
    {
        reader.Section(nameof(Catch));
        reader.Setting("speed", speed);
        _random = reader.ReadPcg64();
        _ballRow = reader.ReadInt32("the ball's row", 0, Rows - 1);
        _ballColumn = reader.ReadInt32("the ball's column", 0, Columns - 1);
        _paddle = reader.ReadInt32("the paddle's column", 0, Columns - 1);
    }

    /// <summary>Paints a white ball and a green paddle on black.</summary>
    /// <param name="screen">Receives the screen, [height, width, 3].</param>
    public void ReadRgb(Span<byte> screen)
    {
        screen[..(ScreenHeight * ScreenWidth * 3)].Clear();
        Fill(screen, Rows - 1, _paddle, [0, 200, 0]);
        Fill(screen, _ballRow, _ballColumn, [255, 255, 255]);
    }

    private void Observe(Span<byte> observation)
    {
        var board = MemoryMarshal.Cast<byte, float>(observation)[..(Rows * Columns)];
        board.Clear();
        board[(_ballRow * Columns) + _ballColumn] = 1;
        board[((Rows - 1) * Columns) + _paddle] = 1;
    }

    private void Fill(Span<byte> screen, int row, int column, ReadOnlySpan<byte> color)
    {
        for (var y = row * CellPixels; y < (row + 1) * CellPixels; y++)
        {
            for (var x = column * CellPixels; x < (column + 1) * CellPixels; x++)
            {
                color.CopyTo(screen[(((y * ScreenWidth) + x) * 3)..]);
            }
        }
    }
}
