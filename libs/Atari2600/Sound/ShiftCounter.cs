namespace DqnAspire.Atari2600.Sound;

/// <summary>
/// A polynomial counter: a shift register whose new bit is the sum of two of its bits. It goes through all states but
/// 0, so its output repeats after 2^bits - 1 shifts.
/// </summary>
/// <param name="bits">Length of the register.</param>
/// <param name="tap">The bit that is added to the one that is shifted out.</param>
internal struct ShiftCounter(int bits, int tap)
{
    private int _register = (1 << bits) - 1;

    /// <summary>Shifts once.</summary>
    /// <returns>The bit that came out.</returns>
    public bool Shift()
    {
        var output = _register & 1;
        var added = output ^ ((_register >> tap) & 1);
        _register = (_register >> 1) | (added << (bits - 1));
        return output != 0;
    }
}
