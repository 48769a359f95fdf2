using System.Runtime.CompilerServices;
using DqnAspire.Core.Networks;

namespace DqnAspire.NeuralNetworks.Optimizers;

/// <summary><see cref="Sgd"/>.</summary>
internal sealed class SgdOptimizer(Sgd definition) : Optimizer(definition.LearningRate, "momentum")
{
    private Step _step;

    public override void Begin() => _step = new Step((float)LearningRate, (float)definition.Momentum);

    public override void Update(int start, int length, float scale, float bound) =>
        Run(_step, start, length, scale, bound);

    private readonly record struct Step(float LearningRate, float Momentum) : IElementStep
    {
        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Execute<TVector>(
            TVector weight, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
            where TVector : struct, Kernels.IFloatVector<TVector>
        {
            first = (TVector.Broadcast(Momentum) * first) + gradient;
            return weight - (TVector.Broadcast(LearningRate) * first);
        }
    }
}
