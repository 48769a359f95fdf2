namespace DqnAspire.Core.Networks;

/// <summary>
/// How a network converts observations of bytes to numbers. Observations of floats are used as they are.
/// </summary>
public enum InputScaling
{
    /// <summary>x, in 0 .. 255.</summary>
    Raw,

    /// <summary>x / 255, in 0 .. 1.</summary>
    Unit,

    /// <summary>x * 2 / 255 - 1, in -1 .. 1.</summary>
    Symmetric,
}
