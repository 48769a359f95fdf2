using DqnAspire.NeuralNetworks.Kernels;

namespace DqnAspire.NeuralNetworks.Optimizers;

/// <summary>An optimiser's rule for one weight, written once for every width of register.</summary>
internal interface IElementStep
{
    /// <summary>State arrays that the rule keeps, 0 to 3.</summary>
    static abstract int States { get; }

    /// <summary>Gives the new weight and updates the states.</summary>
    TVector Execute<TVector>(TVector weight, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TVector : struct, IFloatVector<TVector>;
}
