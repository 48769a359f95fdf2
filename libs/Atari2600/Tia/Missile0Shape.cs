namespace DqnAspire.Atari2600.Tia;

/// <summary>The shape of missile 0 on a line of the Cosmic Ark effect.</summary>
internal enum Missile0Shape : byte
{
    /// <summary>As the registers say.</summary>
    Normal,

    /// <summary>As the registers say, but no narrower than two pixels.</summary>
    AtLeastTwoPixels,

    /// <summary>Not drawn.</summary>
    Hidden,
}
