namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>The purpose of a forward pass.</summary>
internal enum Pass
{
    /// <summary>Values for play: no dropout, noise off.</summary>
    Evaluation,

    /// <summary>Values with the noise last drawn: no dropout.</summary>
    Exploration,

    /// <summary>The first half of a gradient step: dropout, noise.</summary>
    Training,
}
