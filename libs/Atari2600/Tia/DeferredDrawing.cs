using System.Runtime.CompilerServices;
using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Tia;

/// <summary>
/// Draws the picture and sets the collision latches, as late as possible. An access that changes nothing visible calls
/// <see cref="Request"/>, which only notes how far the picture must reach. An access that changes something visible
/// calls <see cref="DrawTo"/> first. Nothing that is drawn changes in between, so the picture is the same as if every
/// access had drawn. Touches the drawing position, the pictures, the lines and the latches; never a register.
/// </summary>
/// <remarks>Clocks are colour clocks since the frame's cycle counter was set to 0.</remarks>
internal sealed unsafe class DeferredDrawing(TiaState* tia, FrameState* frame, byte* pictures)
{
    private readonly TiaState* _tia = tia;
    private readonly FrameState* _frame = frame;
    private readonly byte* _pictures = pictures;

    /// <summary>Whether pixels are wanted. Without them, collisions and positions still change.</summary>
    public bool PaintsPixels { get; set; } = true;

    /// <summary>Asks for the picture up to a clock with the registers as they are, without drawing it yet.</summary>
    /// <param name="tia">The state, which every caller has at hand: this is the console's most frequent call.</param>
    /// <param name="clock">The clock.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Request(TiaState* tia, int clock)
    {
        if (clock > tia->DrawUntil)
        {
            tia->LastRequest = tia->DrawUntil;
            tia->DrawUntil = clock;
        }

        // The comb that blackens the left edge depends on where each access stopped, so it cannot wait.
        if (tia->HmoveBlank != 0)
        {
            Draw(tia->DrawUntil);
        }
    }

    /// <summary>Draws up to a clock, and everything that was requested before.</summary>
    /// <param name="tia">As in <see cref="Request"/>.</param>
    /// <param name="clock">The clock.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void DrawTo(TiaState* tia, int clock)
    {
        if (clock > tia->DrawUntil)
        {
            tia->LastRequest = tia->DrawUntil;
            tia->DrawUntil = clock;
        }

        Draw(tia->DrawUntil);
    }

    /// <summary>Draws everything that was requested.</summary>
    public void Flush() => Draw(_tia->DrawUntil);

    /// <summary>Shows or hides an object from a clock on.</summary>
    public void Enable(TiaObject item, bool enabled, int clock)
    {
        if (enabled == ((_tia->Enabled & (1 << (int)item)) != 0))
        {
            Request(_tia, clock);
            return;
        }

        DrawTo(_tia, clock);
        ObjectLineCache.SetEnabled(_tia, item, enabled);
    }

    /// <summary>Brings picture and collisions up to a clock. Nothing happens outside the displayed lines.</summary>
    private void Draw(int clock)
    {
        var drawn = _tia->DrawnUntil;
        var stop = _frame->DisplayStop;
        if (clock < _frame->DisplayStart || drawn >= stop || drawn >= clock)
        {
            return;
        }

        clock = Math.Min(clock, stop);
        do
        {
            var left = _tia->ClocksToEndOfLine;
            var start = Beam.ClocksPerLine - left;

            // A line ends only when the beam is drawn beyond it: the last displayed line never does.
            var endsLine = clock > drawn + left;
            var clocks = endsLine ? left : clock - drawn;
            var end = start + clocks;
            drawn += clocks;
            _tia->ClocksToEndOfLine = endsLine ? Beam.ClocksPerLine : left - clocks;
            _tia->DrawnUntil = drawn;
            if (end > Beam.BlankClocks)
            {
                start = Math.Max(start, Beam.BlankClocks);
                DrawPixels(start - Beam.BlankClocks, end - Beam.BlankClocks);
            }
            else
            {
                start = end;
            }

            if (_tia->HmoveBlank != 0 && start < Beam.HmoveBlankEnd)
            {
                BlankLeftEdge(start, end);
            }

            _tia->Pixel += end - start;
            if (endsLine)
            {
                EndLine();
            }
        }
        while (drawn < clock);
    }

    private void DrawPixels(int start, int end)
    {
        var row = _pictures + (_frame->CurrentPicture * Picture.BufferSize) + _tia->Pixel - start;
        if ((_tia->VBLANK & 0x02) != 0)
        {
            if (PaintsPixels)
            {
                new Span<byte>(row + start, end - start).Clear();
            }

            return;
        }

        var wanted = CollisionLatches.Possible(_tia->Enabled) & ~_tia->Collisions;
        var paints = PaintsPixels;
        if (wanted != 0 || paints)
        {
            var stale = _tia->Stale & _tia->Enabled;
            if (stale != 0)
            {
                ObjectLineCache.Refresh(_tia, stale);
            }

            if (wanted != 0)
            {
                CollisionLatches.Latch(_tia, wanted, ObjectLine.Span(start, end));
            }

            if (paints)
            {
                var paintEnd = _tia->DrawnUntil == _tia->DrawUntil ? WithSurplus(start, end) : end;
                LinePainter.Paint(_tia, row, start, paintEnd);
            }
        }
    }

    /// <summary>
    /// Where painting ends for an access that stops at pixel <paramref name="end"/>. ALE draws some sets of objects in
    /// groups of four pixels, the last group to its end. The next access draws over the surplus, unless the frame ends
    /// there.
    /// </summary>
    private int WithSurplus(int start, int end)
    {
        var group = end & ~(GroupedPixels.GroupSize - 1);

        // Only a group that began within the last access was drawn whole.
        var accessStart = Math.Max(start, end - (_tia->DrawUntil - _tia->LastRequest));
        return group != end && accessStart <= group && GroupedPixels.AreDrawnWhole(_tia, group)
            ? group + GroupedPixels.GroupSize
            : end;
    }

    /// <summary>
    /// The comb of an HMOVE: black up to the eighth pixel. ALE blackens as many bytes as are missing to that clock of
    /// the line from the pixel reached, also while the beam is still in the blank part.
    /// </summary>
    private void BlankLeftEdge(int start, int end)
    {
        if (PaintsPixels)
        {
            var pixel = _pictures + (_frame->CurrentPicture * Picture.BufferSize) + _tia->Pixel;
            new Span<byte>(pixel, Beam.HmoveBlankEnd - start).Clear();
        }

        if (end >= Beam.HmoveBlankEnd)
        {
            _tia->HmoveBlank = 0;
        }
    }

    private void EndLine()
    {
        var reflected = (byte)(_tia->CTRLPF & 0x01);
        if (reflected != _tia->Reflected)
        {
            _tia->Reflected = reflected;
            ObjectLineCache.Invalidate(_tia, 1 << (int)TiaObject.Playfield);
        }

        ObjectLineCache.ShowFirstCopies(_tia);
        if (_tia->CosmicArk != 0)
        {
            CosmicArkEffect.EndLine(_tia);
        }
    }
}
