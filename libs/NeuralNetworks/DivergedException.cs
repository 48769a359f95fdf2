namespace DqnAspire.NeuralNetworks;

/// <summary>Training produced a loss that is not a finite number.</summary>
/// <param name="loss">The loss.</param>
/// <param name="step">1-based number of the gradient step that would have been taken.</param>
public sealed class DivergedException(float loss, long step)
    : Exception($"The loss is {loss} at gradient step {step}: training has diverged. A smaller learning rate may help.");
