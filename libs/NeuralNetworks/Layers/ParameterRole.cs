namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>What a parameter is, which decides how it starts.</summary>
internal enum ParameterRole
{
    /// <summary>A kernel: as the initialiser says.</summary>
    Weight,

    /// <summary>A bias: as the initialiser says.</summary>
    Bias,

    /// <summary>A layer norm's gain: ones.</summary>
    Gain,

    /// <summary>A layer norm's shift: zeros.</summary>
    Shift,

    /// <summary>Mean of a noisy weight or bias: uniform within 1/sqrt(inputs) (Fortunato et al. 2018, section 3.2).</summary>
    NoisyMean,

    /// <summary>Scale of a noisy weight's or bias's noise: sigma0/sqrt(inputs) (the same).</summary>
    NoisyScale,
}
