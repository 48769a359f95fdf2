namespace DqnAspire.NeuralNetworks;

/// <summary>Training produced a loss that is not a finite number. The weights are those of the step before.</summary>
/// <param name="loss">The loss.</param>
/// <param name="step">1-based number of the gradient step that would have been taken.</param>
/// <param name="layer">The first layer whose values are not finite, or what else is not.</param>
public sealed class DivergedException(float loss, long step, string layer)
    : Exception($"The loss is {loss} at gradient step {step}, first in {layer}: training has diverged. A smaller learning rate may help.")
{
    /// <summary>1-based number of the gradient step that would have been taken.</summary>
    public long Step => step;

    /// <summary>The first layer whose values are not finite, or what else is not.</summary>
    public string Layer => layer;
}
