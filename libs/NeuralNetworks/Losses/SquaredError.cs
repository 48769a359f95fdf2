namespace DqnAspire.NeuralNetworks.Losses;

/// <summary>(target - q)^2 of the action taken.</summary>
public sealed class SquaredError : Loss
{
    /// <inheritdoc/>
    public override string Name => "squared error";

    /// <inheritdoc/>
    public override double Sample(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target, Span<float> gradient, out float error)
    {
        error = target[0] - outputs[0];
        gradient[0] = -2 * error;
        return (double)error * error;
    }
}
