using System.Runtime.CompilerServices;
using DqnAspire.Core.Networks;

namespace DqnAspire.NeuralNetworks.Optimizers;

/// <summary><see cref="RmsProp"/>. Without centring and momentum one array is kept, otherwise three.</summary>
internal sealed class RmsPropOptimizer(RmsProp definition) : Optimizer(
    definition.LearningRate,
    definition.Centred || definition.Momentum > 0 ? ["square", "mean", "momentum"] : ["square"])
{
    private readonly float _momentum = (float)definition.Momentum;
    private readonly float _centring = definition.Centred ? 1 : 0;

    private Rates _rates;

    public override void Begin() => _rates = new Rates(
        (float)LearningRate,
        (float)definition.Smoothing,
        (float)(1 - definition.Smoothing),
        definition.EpsilonInsideRoot ? (float)definition.Epsilon : 0,
        definition.EpsilonInsideRoot ? 0 : (float)definition.Epsilon);

    public override void Update(int start, int length, float scale, float bound)
    {
        if (States.Length == 1)
        {
            Run(new PlainStep(_rates), start, length, scale, bound);
        }
        else
        {
            Run(new CentredStep(_rates, _momentum, _centring), start, length, scale, bound);
        }
    }

    private readonly record struct Rates(
        float LearningRate, float Smoothing, float OneMinusSmoothing, float Inside, float Outside);

    private readonly record struct PlainStep(Rates Rates) : IElementStep
    {
        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Execute<TVector>(
            TVector weight, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
            where TVector : struct, Kernels.IFloatVector<TVector>
        {
            first = (TVector.Broadcast(Rates.Smoothing) * first)
                + (TVector.Broadcast(Rates.OneMinusSmoothing) * gradient * gradient);
            var root = TVector.Sqrt(first + TVector.Broadcast(Rates.Inside)) + TVector.Broadcast(Rates.Outside);
            return weight - (TVector.Broadcast(Rates.LearningRate) * gradient / root);
        }
    }

    /// <summary>States: mean square, mean, last step.</summary>
    private readonly record struct CentredStep(Rates Rates, float Momentum, float Centring) : IElementStep
    {
        public static int States => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Execute<TVector>(
            TVector weight, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
            where TVector : struct, Kernels.IFloatVector<TVector>
        {
            var (smoothing, rest) = (TVector.Broadcast(Rates.Smoothing), TVector.Broadcast(Rates.OneMinusSmoothing));
            first = (smoothing * first) + (rest * gradient * gradient);
            second = (smoothing * second) + (rest * gradient);
            // Rounding can bring a variance below zero.
            var variance = TVector.Max(first - (TVector.Broadcast(Centring) * second * second), TVector.Zero);
            var root = TVector.Sqrt(variance + TVector.Broadcast(Rates.Inside)) + TVector.Broadcast(Rates.Outside);
            third = (TVector.Broadcast(Momentum) * third) + (gradient / root);
            return weight - (TVector.Broadcast(Rates.LearningRate) * third);
        }
    }
}
