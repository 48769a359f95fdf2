namespace DqnAspire.Atari2600.State;

/// <summary>
/// Where the television is: the boundaries of the frame in colour clocks, counted as the CPU's cycles are.
/// </summary>
internal struct FrameState
{
    /// <summary>
    /// Clock at which line 0 began; at most 0 at the start of a frame, since the line continues across frames.
    /// </summary>
    public int Start;

    /// <summary>First clock that is displayed.</summary>
    public int DisplayStart;

    /// <summary>First clock that is no longer displayed.</summary>
    public int DisplayStop;

    /// <summary>Clock from which a VSYNC write with bit 1 clear ends the frame.</summary>
    public int VsyncFinish;

    /// <summary>A frame ends by force after more lines than this.</summary>
    public int MaxLines;

    /// <summary>Lines of the last whole frame.</summary>
    public uint LastFrameLines;

    /// <summary>Not 0 when the current instruction is the frame's last one.</summary>
    public int Ended;

    /// <summary>
    /// Not 0 when the last call stopped at the instruction limit: the next one continues the same frame.
    /// </summary>
    public int Partial;

    /// <summary>Not 0 once the rest of the current partial frame was greyed.</summary>
    public int Greyed;

    /// <summary>Which of the two pictures is drawn into, 0 or 1.</summary>
    public int CurrentPicture;

    /// <summary>Not 0 where the format loses colour after a frame with an odd number of lines.</summary>
    public int ColourLoss;
}
