using DqnAspire.Core.Randomness;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>
/// Normal random numbers of mean 0 and deviation 1 by Box and Muller's transform (1958), a number from two draws.
/// </summary>
internal static class Normal
{
    public static double Next(Pcg64 random)
    {
        // 1 - u is never zero.
        var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
