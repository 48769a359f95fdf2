using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>Single-precision numbers of two windows of eight.</summary>
internal readonly struct SingleGather : IRowGather<float>
{
    public static int WindowLength => Vector256<float>.Count;

    public static void Prepare(ReadOnlySpan<int> places, Span<byte> control) => places.CopyTo(MemoryMarshal.Cast<byte, int>(control));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gather(ref readonly float first, ref readonly float second, Vector256<byte> control)
    {
        var places = control.AsInt32();
        return Vector256.Create(
            Vector256.Shuffle(Vector256.LoadUnsafe(in first), places).GetLower(),
            Vector256.Shuffle(Vector256.LoadUnsafe(in second), places).GetUpper());
    }

    public static float Convert(float pixel) => pixel;
}
