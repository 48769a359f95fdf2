namespace DqnAspire.Atari2600.Tia;

/// <summary>Where a RESP0 or RESP1 falls with respect to the copies that the player draws already.</summary>
internal enum PlayerStrobe
{
    /// <summary>In none of them.</summary>
    Elsewhere,

    /// <summary>In the four pixels before a copy is drawn.</summary>
    DuringDelay,

    /// <summary>While a copy is drawn.</summary>
    DuringCopy,
}
