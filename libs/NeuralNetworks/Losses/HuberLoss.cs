namespace DqnAspire.NeuralNetworks.Losses;

/// <summary>
/// Huber's loss of e = target - q: e^2 / 2 up to the threshold d, d (|e| - d/2) beyond it. With d = 1 it is PyTorch's smooth L1 and
/// the paper's error clipped to [-1, 1].
/// </summary>
/// <param name="threshold">Where the parabola becomes a line.</param>
public sealed class HuberLoss(float threshold = 1) : Loss
{
    /// <inheritdoc/>
    public override string Name => "Huber";

    /// <inheritdoc/>
    public override double Sample(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target, Span<float> gradient, out float error)
    {
        error = target[0] - outputs[0];
        gradient[0] = -Math.Clamp(error, -threshold, threshold);
        var size = Math.Abs((double)error);
        return size <= threshold ? size * size / 2 : threshold * (size - (threshold / 2.0));
    }
}
