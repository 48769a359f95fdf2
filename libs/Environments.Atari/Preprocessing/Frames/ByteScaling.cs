namespace DqnAspire.Environments.Atari.Preprocessing.Frames;

/// <summary>What a network makes of the bytes of a frame.</summary>
public enum ByteScaling
{
    /// <summary>0 .. 255 as they are.</summary>
    None,

    /// <summary>x / 255, in single precision: 0 .. 1.</summary>
    Unit,

    /// <summary>x * 2 / 255 - 1, in double precision and then rounded to single: -1 .. 1.</summary>
    SignedUnit,
}
