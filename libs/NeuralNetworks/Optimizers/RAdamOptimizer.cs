using System.Runtime.CompilerServices;
using DqnAspire.Core.Networks;

namespace DqnAspire.NeuralNetworks.Optimizers;

/// <summary><see cref="RAdam"/>.</summary>
internal sealed class RAdamOptimizer(RAdam definition) : Optimizer(definition.LearningRate, "m", "v")
{
    // Below this length of the average the variance of the adaptive rate is not tractable.
    private const double TrustedLength = 5;

    private AdamStep _rectified;
    private MomentumStep _plain;
    private bool _isRectified;

    public override void Begin()
    {
        var (beta1, beta2) = (definition.Beta1, definition.Beta2);
        var correction1 = 1 - Math.Pow(beta1, Steps);
        var power2 = Math.Pow(beta2, Steps);
        var longest = (2 / (1 - beta2)) - 1;
        var length = longest - (2 * Steps * power2 / (1 - power2));
        _isRectified = length > TrustedLength;
        var (rest1, rest2) = ((float)(1 - beta1), (float)(1 - beta2));
        _plain = new MomentumStep(rest1, rest2, (float)(LearningRate / correction1));
        if (_isRectified)
        {
            var rectification = Math.Sqrt(
                (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
            var rate = LearningRate * rectification * Math.Sqrt(1 - power2) / correction1;
            _rectified = new AdamStep(rest1, rest2, (float)rate, 1, (float)definition.Epsilon);
        }
    }

    public override void Update(int start, int length, float scale, float bound)
    {
        if (_isRectified)
        {
            Run(_rectified, start, length, scale, bound);
        }
        else
        {
            Run(_plain, start, length, scale, bound);
        }
    }

    private readonly record struct MomentumStep(float OneMinusBeta1, float OneMinusBeta2, float Rate) : IElementStep
    {
        public static int States => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Execute<TVector>(
            TVector weight, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
            where TVector : struct, Kernels.IFloatVector<TVector>
        {
            first += (gradient - first) * TVector.Broadcast(OneMinusBeta1);
            second += ((gradient * gradient) - second) * TVector.Broadcast(OneMinusBeta2);
            return weight - (TVector.Broadcast(Rate) * first);
        }
    }
}
