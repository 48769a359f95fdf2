namespace DqnAspire.Core.Networks;

/// <summary>Training produced a loss that is not a finite number. The weights are those before the step.</summary>
/// <param name="loss">The loss.</param>
/// <param name="step">1-based number of the gradient step that failed.</param>
/// <param name="layer">
/// The first layer with a value that is not finite, or another place, such as "the targets".
/// </param>
public sealed class DivergedException(float loss, long step, string layer) : Exception(
    $"The loss is {loss} at gradient step {step}, first in {layer}: training has diverged. "
    + "A smaller learning rate may help.")
{
    /// <summary>1-based number of the gradient step that failed.</summary>
    public long Step => step;

    /// <summary>The first layer with a value that is not finite, or another place, such as "the targets".</summary>
    public string Layer => layer;
}
