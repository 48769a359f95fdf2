using DqnAspire.Core.Networks;

namespace DqnAspire.NeuralNetworks.Returns;

/// <summary>Computes <see cref="CategoricalValues"/>: probabilities of evenly spaced returns (C51).</summary>
internal sealed class CategoricalReturns(CategoricalValues values) : ReturnModel(values.Outputs)
{
    public override void Expect(ReadOnlySpan<float> outputs, Span<float> actionValues)
    {
        var atoms = values.Atoms;
        Span<float> probabilities = stackalloc float[atoms];
        for (var action = 0; action < actionValues.Length; action++)
        {
            Softmax.Execute(outputs.Slice(action * atoms, atoms), probabilities);
            var sum = 0.0;
            for (var atom = 0; atom < atoms; atom++)
            {
                sum += probabilities[atom] * (values.Minimum + ((double)atom * values.Spacing));
            }

            actionValues[action] = (float)sum;
        }
    }

    public override void Resolve(ReadOnlySpan<float> outputs, Span<float> distributions)
    {
        for (var start = 0; start < outputs.Length; start += values.Atoms)
        {
            Softmax.Execute(outputs.Slice(start, values.Atoms), distributions.Slice(start, values.Atoms));
        }
    }

    /// <summary>
    /// Each atom moves to reward + discount * its return, limited to the support, and its probability is shared between
    /// the two atoms around that place (Bellemare et al. 2017, algorithm 1).
    /// </summary>
    protected override void Shift(ReadOnlySpan<float> next, float reward, float discount, Span<float> target)
    {
        target.Clear();
        for (var atom = 0; atom < next.Length; atom++)
        {
            var moved = reward + (discount * (values.Minimum + (atom * values.Spacing)));
            var place = (Math.Clamp(moved, values.Minimum, values.Maximum) - values.Minimum) / values.Spacing;
            // Rounding can put the highest return slightly above the last atom.
            var lower = Math.Min((int)place, next.Length - 1);
            var upper = Math.Min(lower + 1, next.Length - 1);
            var share = place - lower;
            target[lower] += next[atom] * (1 - share);
            target[upper] += next[atom] * share;
        }
    }
}

/// <summary>Computes <see cref="CategoricalCrossEntropy"/>.</summary>
internal sealed class CrossEntropyLoss : SampleLoss
{
    public override double Compute(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> target, Span<float> gradient, out float error)
    {
        Softmax.Execute(outputs, gradient);
        var logSum = Softmax.LogSum(outputs);
        var loss = 0.0;
        var mass = 0f;
        for (var atom = 0; atom < outputs.Length; atom++)
        {
            loss -= target[atom] * (outputs[atom] - logSum);
            mass += target[atom];
        }

        for (var atom = 0; atom < outputs.Length; atom++)
        {
            gradient[atom] = (gradient[atom] * mass) - target[atom];
        }

        error = (float)loss;
        return loss;
    }
}
