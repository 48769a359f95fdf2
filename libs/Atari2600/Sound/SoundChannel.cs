namespace DqnAspire.Atari2600.Sound;

/// <summary>
/// One of the TIA's two sound channels. A divider (AUDF) makes shifts of the audio clock, which for the upper four
/// kinds of sound (AUDC) comes a third as often. At a shift a source gives the output's next level: a polynomial
/// counter, or the opposite of the last one. A modifier lets the source work only at some of the shifts.
/// </summary>
/// <remarks>
/// Atari, "Television Interface Adaptor (Model 1A)", section on audio, and Wright, "Stella Programmer's Guide" (1979),
/// table of AUDC0 and AUDC1.
/// </remarks>
internal sealed class SoundChannel
{
    private const int VolumeOnly = 0x0;
    private const int VolumeOnlyToo = 0xB;
    private const int NinePoly = 0x8;
    private const int FivePoly = 0x9;
    private const int SlowKinds = 0xC;
    private const int SlowRatio = 3;
    private const int DividerMask = 0x1F;

    /// <summary>Shifts of the division by 31, whose output is high for 18 of them and low for 13.</summary>
    private const int LongDivision = 31;
    private const int LongDivisionHigh = 18;

    private ShiftCounter _four = new(4, tap: 1);
    private ShiftCounter _five = new(5, tap: 2);
    private ShiftCounter _nine = new(9, tap: 4);
    private int _slow;
    private int _divider;
    private int _long;
    private bool _isHigh;

    /// <summary>One tick of the audio clock, of which a television line has two.</summary>
    /// <param name="control">AUDC, 0..15: the kind of sound.</param>
    /// <param name="frequency">AUDF, 0..31: a shift comes every AUDF + 1 ticks.</param>
    /// <param name="volume">AUDV, 0..15.</param>
    /// <returns>The output: 0, or the volume.</returns>
    public int Tick(int control, int frequency, int volume)
    {
        if (control is VolumeOnly or VolumeOnlyToo)
        {
            _isHigh = true;
        }

        var ticks = true;
        if ((control & SlowKinds) == SlowKinds)
        {
            _slow = (_slow + 1) % SlowRatio;
            ticks = _slow == 0;
        }

        if (ticks)
        {
            if (_divider == frequency)
            {
                _divider = 0;
                Shift(control);
            }
            else
            {
                // A divider that has passed a frequency that was lowered since goes round.
                _divider = (_divider + 1) & DividerMask;
            }
        }

        return _isHigh ? volume : 0;
    }

    private void Shift(int control)
    {
        var five = _five.Shift();
        _long = (_long + 1) % LongDivision;
        var works = (control & 3) switch
        {
            2 => _long is 0 or LongDivisionHigh,
            3 => five,
            _ => true,
        };
        if (!works || control is VolumeOnly or VolumeOnlyToo)
        {
            return;
        }

        _isHigh = control switch
        {
            < 4 => _four.Shift(),
            NinePoly => _nine.Shift(),
            FivePoly => five,
            _ => !_isHigh,
        };
    }
}
