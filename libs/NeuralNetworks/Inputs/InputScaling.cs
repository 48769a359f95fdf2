namespace DqnAspire.NeuralNetworks.Inputs;

/// <summary>What a network makes of bytes. Floats are taken as they are.</summary>
public enum InputScaling
{
    /// <summary>0 .. 255.</summary>
    Raw,

    /// <summary>0 .. 1: x / 255.</summary>
    Unit,

    /// <summary>-1 .. 1: x * 2 / 255 - 1.</summary>
    Symmetric,
}
