using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>Bytes of two 16-byte windows, each moved to the low byte of a 32-bit lane.</summary>
internal readonly struct ByteGather : IRowGather<byte, Vector256<byte>>
{
    /// <summary>A place that is in no window: gives zero.</summary>
    private const byte Nowhere = 0xFF;

    public static int WindowLength => Vector128<byte>.Count;

    public static void Prepare(ReadOnlySpan<int> places, Span<byte> control)
    {
        control.Fill(Nowhere);
        for (var i = 0; i < places.Length; i++)
        {
            control[i * sizeof(int)] = (byte)places[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Load(ref readonly byte first, ref readonly byte second) =>
        Vector256.Create(Vector128.LoadUnsafe(in first), Vector128.LoadUnsafe(in second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> TakeIntegers(Vector256<byte> windows, Vector256<byte> control) => Avx2.IsSupported
        ? Avx2.Shuffle(windows, control).AsInt32()
        : Vector256.Create(
            Vector128.Shuffle(windows.GetLower(), control.GetLower()),
            Vector128.Shuffle(windows.GetUpper(), control.GetUpper())).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Take(Vector256<byte> windows, Vector256<byte> control) =>
        Vector256.ConvertToSingle(TakeIntegers(windows, control));

    public static float Convert(byte pixel) => pixel;
}
