namespace DqnAspire.Core.Networks;

/// <summary>How weights and biases start; <see cref="InitialWeights"/> draws them.</summary>
public enum Initializer
{
    /// <summary>PyTorch's default: weights and biases U(-1/sqrt(inputs), 1/sqrt(inputs)).</summary>
    PyTorch,

    /// <summary>
    /// Keras's default: weights U(-r, r) with r = sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010), biases zero.
    /// </summary>
    GlorotUniform,

    /// <summary>Weights U(-r, r) with r = sqrt(6 / inputs) (He et al. 2015), biases zero.</summary>
    HeUniform,
}
