using DqnAspire.NeuralNetworks.Definitions;

namespace DqnAspire.NeuralNetworks.Losses;

/// <summary>
/// The mean over all actions of (label - q)^2, as libraries compute it for a network fitted to whole vectors of labels: the
/// gradient of an entry carries a factor 1/actions. The TD error is the entry's that is furthest off.
/// </summary>
public sealed class SquaredErrorOverActions : Loss
{
    /// <inheritdoc/>
    public override string Name => "squared error over all actions";

    /// <inheritdoc/>
    public override bool CoversAllActions => true;

    /// <inheritdoc/>
    public override int TargetSize(HeadDefinition head) => head.Actions;

    /// <inheritdoc/>
    public override double Sample(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target, Span<float> gradient, out float error)
    {
        var scale = -2f / outputs.Length;
        var sum = 0.0;
        error = 0;
        for (var action = 0; action < outputs.Length; action++)
        {
            var difference = target[action] - outputs[action];
            gradient[action] = scale * difference;
            sum += (double)difference * difference;
            error = MathF.Abs(difference) > MathF.Abs(error) ? difference : error;
        }

        return sum / outputs.Length;
    }
}
