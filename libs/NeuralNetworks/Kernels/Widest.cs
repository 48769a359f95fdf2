using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>Runs kernels with the widest registers of the machine: the only place that chooses a width.</summary>
internal static class Widest
{
    /// <summary>
    /// The type arguments are structs and the conditions are constants to the compiler, so what remains is one direct
    /// call.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TKernel>(scoped in TKernel kernel)
        where TKernel : struct, IKernel, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated)
        {
            kernel.Run<Float512>();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            kernel.Run<Float256>();
        }
        else
        {
            kernel.Run<Float128>();
        }
    }
}
