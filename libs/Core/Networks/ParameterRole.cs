namespace DqnAspire.Core.Networks;

/// <summary>What a trained tensor is, which decides its first values.</summary>
public enum ParameterRole
{
    /// <summary>The weights of a convolution or a dense layer: as the initialiser says.</summary>
    Weight,

    /// <summary>The biases of a convolution or a dense layer: as the initialiser says.</summary>
    Bias,

    /// <summary>The gain of a layer norm: ones.</summary>
    Gain,

    /// <summary>The shift of a layer norm: zeros.</summary>
    Shift,

    /// <summary>
    /// The mean of a noisy weight or bias: U(-1/sqrt(inputs), 1/sqrt(inputs)) (Fortunato et al. 2018, 3.2).
    /// </summary>
    NoisyMean,

    /// <summary>
    /// The scale of the noise of a noisy weight or bias: sigma0/sqrt(inputs) (Fortunato et al. 2018, 3.2).
    /// </summary>
    NoisyScale,
}
