using DqnAspire.Atari2600.State;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Television;

/// <summary>
/// Where frames begin and end. A frame ends when VSYNC is switched off at least a line after it was switched on, or by
/// force after too many lines. The line continues across frames, as games place objects during VSYNC.
/// </summary>
internal sealed unsafe class FrameClock(FrameState* frame, TiaState* tia, byte* pictures, DisplayWindow window)
{
    private const int NtscMaxLines = 290;
    private const int PalMaxLines = 342;

    private readonly FrameState* _frame = frame;
    private readonly TiaState* _tia = tia;
    private readonly byte* _pictures = pictures;

    /// <summary>The lines that are shown.</summary>
    public DisplayWindow Window { get; set; } = window;

    /// <summary>The picture that is drawn into or was drawn last, row 0 being the window's first line.</summary>
    public byte* CurrentPicture => _pictures + (_frame->CurrentPicture * Picture.BufferSize);

    /// <summary>The other picture.</summary>
    public byte* PreviousPicture => _pictures + ((_frame->CurrentPicture ^ 1) * Picture.BufferSize);

    /// <summary>
    /// A system reset at cycle 0: both pictures black. ALE: it does not end a frame that was interrupted at the
    /// instruction limit; that frame is then drawn from line 0 on.
    /// </summary>
    public void Reset(TelevisionFormat format)
    {
        new Span<byte>(_pictures, 2 * Picture.BufferSize).Clear();
        var partial = _frame->Partial;
        var greyed = _frame->Greyed;
        var current = _frame->CurrentPicture;
        *_frame = new FrameState
        {
            MaxLines = format == TelevisionFormat.Pal ? PalMaxLines : NtscMaxLines,
            ColourLoss = format == TelevisionFormat.Pal ? 1 : 0,
            VsyncFinish = int.MaxValue,
            Partial = partial,
            Greyed = greyed,
            CurrentPicture = current,
        };
        PlaceWindow();
        _tia->DrawnUntil = 0;
        _tia->DrawUntil = 0;
        _tia->LastRequest = 0;
        _tia->ClocksToEndOfLine = Beam.ClocksPerLine;
        _tia->Pixel = 0;
    }

    /// <summary>
    /// Starts a frame when the CPU's counter stands at <paramref name="cycles"/>, which the caller then sets to 0: the
    /// pictures change places, uncleared.
    /// </summary>
    public void StartFrame(int cycles)
    {
        var clocks = ((uint)(cycles * Beam.ClocksPerCycle) - (uint)_frame->Start) % Beam.ClocksPerLine;
        _frame->CurrentPicture ^= 1;
        _frame->Start = -(int)clocks;
        _frame->VsyncFinish -= cycles * Beam.ClocksPerCycle;
        _frame->Greyed = 0;
        PlaceWindow();
        _tia->HmoveClock -= cycles * Beam.ClocksPerCycle;
        _tia->DumpEndCycle -= (uint)cycles;
        _tia->DrawnUntil = _frame->DisplayStart;
        _tia->DrawUntil = _frame->DisplayStart;
        _tia->LastRequest = _frame->DisplayStart;
        _tia->ClocksToEndOfLine = Beam.ClocksPerLine;
        _tia->Pixel = 0;
        if (_frame->ColourLoss != 0)
        {
            LoseColour((_frame->LastFrameLines & 1) != 0);
        }
    }

    /// <summary>Lines since the start of the frame.</summary>
    public uint Lines(int cycles) => ((uint)(cycles * Beam.ClocksPerCycle) - (uint)_frame->Start) / Beam.ClocksPerLine;

    /// <summary>Whether a frame that ends at a cycle leaves lines of the window undrawn.</summary>
    public bool IsShort(int cycles) => cycles * Beam.ClocksPerCycle < _frame->DisplayStop;

    /// <summary>
    /// ALE: when the instruction limit interrupts a frame, what it did not reach keeps only its luminance, once. A
    /// frame that is not drawn leaves the picture alone, to be greyed when it is drawn after all.
    /// </summary>
    public void GreyRest(int cycles, bool draw)
    {
        if (_frame->Greyed != 0)
        {
            return;
        }

        _frame->Greyed = 1;
        var first = Math.Max(Lines(cycles), (uint)Window.FirstLine);
        var end = (uint)(Window.FirstLine + Window.Height);
        if (first >= end || !draw)
        {
            return;
        }

        var start = (int)(first - Window.FirstLine) * Beam.PixelsPerLine;
        var length = (int)(end - first) * Beam.PixelsPerLine;
        foreach (ref var pixel in new Span<byte>(CurrentPicture + start, length))
        {
            pixel = (byte)((pixel & 0x0F) >> 1);
        }
    }

    private void PlaceWindow()
    {
        _frame->DisplayStart = _frame->Start + (Beam.ClocksPerLine * Window.FirstLine);
        _frame->DisplayStop = _frame->DisplayStart + (Beam.ClocksPerLine * Window.Height);
    }

    private void LoseColour(bool odd)
    {
        var bit = odd ? (byte)1 : (byte)0;
        _tia->COLUP0 = (byte)((_tia->COLUP0 & 0xFE) | bit);
        _tia->COLUP1 = (byte)((_tia->COLUP1 & 0xFE) | bit);
        _tia->COLUPF = (byte)((_tia->COLUPF & 0xFE) | bit);
        _tia->COLUBK = (byte)((_tia->COLUBK & 0xFE) | bit);
    }
}
