using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>Bytes of two 16-byte windows, each moved to the low byte of a 32-bit lane.</summary>
internal readonly struct ByteGather : IRowGather<byte>
{
    private const byte Zero = 0xFF;

    public static int WindowLength => Vector128<byte>.Count;

    public static void Prepare(ReadOnlySpan<int> places, Span<byte> control)
    {
        control.Fill(Zero);
        for (var i = 0; i < places.Length; i++)
        {
            control[i * sizeof(int)] = (byte)places[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> GatherIntegers(ref readonly byte first, ref readonly byte second, Vector256<byte> control)
    {
        var low = Vector128.LoadUnsafe(in first);
        var high = Vector128.LoadUnsafe(in second);
        return Avx2.IsSupported
            ? Avx2.Shuffle(Vector256.Create(low, high), control).AsInt32()
            : Vector256.Create(Vector128.Shuffle(low, control.GetLower()), Vector128.Shuffle(high, control.GetUpper())).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gather(ref readonly byte first, ref readonly byte second, Vector256<byte> control) =>
        Vector256.ConvertToSingle(GatherIntegers(in first, in second, control));

    public static float Convert(byte pixel) => pixel;
}
