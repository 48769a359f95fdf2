using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>Single-precision numbers of two windows of eight.</summary>
internal readonly struct SingleGather : IRowGather<float, (Vector256<float> First, Vector256<float> Second)>
{
    public static int WindowLength => Vector256<float>.Count;

    public static void Prepare(ReadOnlySpan<int> places, Span<byte> control) =>
        places.CopyTo(MemoryMarshal.Cast<byte, int>(control));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> First, Vector256<float> Second) Load(
        ref readonly float first, ref readonly float second) =>
        (Vector256.LoadUnsafe(in first), Vector256.LoadUnsafe(in second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Take(
        (Vector256<float> First, Vector256<float> Second) windows, Vector256<byte> control)
    {
        var places = control.AsInt32();
        return Vector256.Create(
            Vector256.Shuffle(windows.First, places).GetLower(),
            Vector256.Shuffle(windows.Second, places).GetUpper());
    }

    public static float Convert(float pixel) => pixel;
}
