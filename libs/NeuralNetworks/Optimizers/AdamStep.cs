using System.Runtime.CompilerServices;
using DqnAspire.NeuralNetworks.Kernels;

namespace DqnAspire.NeuralNetworks.Optimizers;

/// <summary>m += (g - m)(1 - beta1), v += (g^2 - v)(1 - beta2), w -= rate m / (rootFactor sqrt(v) + epsilon).</summary>
internal readonly record struct AdamStep(
    float OneMinusBeta1, float OneMinusBeta2, float Rate, float RootFactor, float Epsilon) : IElementStep
{
    public static int States => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Execute<TVector>(
        TVector weight, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TVector : struct, IFloatVector<TVector>
    {
        first += (gradient - first) * TVector.Broadcast(OneMinusBeta1);
        second += ((gradient * gradient) - second) * TVector.Broadcast(OneMinusBeta2);
        var root = (TVector.Sqrt(second) * TVector.Broadcast(RootFactor)) + TVector.Broadcast(Epsilon);
        return weight - (TVector.Broadcast(Rate) * first / root);
    }
}
