namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>
/// A kernel with its operands. The code is written once for registers of any width; <see cref="Widest"/> runs it with
/// the widest registers of the machine, and tests run it with each width.
/// </summary>
internal interface IKernel
{
    void Run<TVector>()
        where TVector : struct, IFloatVector<TVector>;
}
