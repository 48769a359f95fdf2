using DqnAspire.Core.Networks;

namespace DqnAspire.NeuralNetworks.Returns;

/// <summary>Computes <see cref="PlainValues"/>: the output is the expected return.</summary>
internal sealed class PlainReturns() : ReturnModel(outputs: 1)
{
    public override void Expect(ReadOnlySpan<float> outputs, Span<float> actionValues) => outputs.CopyTo(actionValues);

    protected override void Shift(ReadOnlySpan<float> next, float reward, float discount, Span<float> target) =>
        target[0] = reward + (discount * next[0]);
}

/// <summary>Computes <see cref="SquaredError"/>.</summary>
internal sealed class SquaredErrorLoss : SampleLoss
{
    public override double Compute(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> target, Span<float> gradient, out float error)
    {
        error = target[0] - outputs[0];
        gradient[0] = -2 * error;
        return (double)error * error;
    }
}

/// <summary>Computes <see cref="SquaredErrorOverActions"/>.</summary>
internal sealed class SquaredErrorOverActionsLoss : SampleLoss
{
    public override double Compute(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> target, Span<float> gradient, out float error)
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

/// <summary>Computes <see cref="HuberLoss"/>.</summary>
internal sealed class HuberSampleLoss(float threshold) : SampleLoss
{
    public override double Compute(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> target, Span<float> gradient, out float error)
    {
        error = target[0] - outputs[0];
        gradient[0] = -Math.Clamp(error, -threshold, threshold);
        var size = Math.Abs((double)error);
        return size <= threshold ? size * size / 2 : threshold * (size - (threshold / 2.0));
    }
}
