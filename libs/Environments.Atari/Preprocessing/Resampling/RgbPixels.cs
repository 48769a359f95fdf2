using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>Eight interleaved RGB pixels taken apart, each channel in eight 32-bit lanes.</summary>
internal static class RgbPixels
{
    /// <summary>Pixels taken at once.</summary>
    public const int Count = 8;

    /// <summary>Bytes of these pixels.</summary>
    public const int Bytes = Count * 3;

    /// <summary>Bytes that are read: the second window of four pixels reaches beyond the last one.</summary>
    public const int BytesRead = (Bytes / 2) + 16;

    private static readonly Vector256<byte> RedControl = Control(0);
    private static readonly Vector256<byte> GreenControl = Control(1);
    private static readonly Vector256<byte> BlueControl = Control(2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<int> Red, Vector256<int> Green, Vector256<int> Blue) Load(ref readonly byte pixels)
    {
        var windows = ByteGather.Load(in pixels, in Unsafe.Add(ref Unsafe.AsRef(in pixels), Bytes / 2));
        return (
            ByteGather.TakeIntegers(windows, RedControl),
            ByteGather.TakeIntegers(windows, GreenControl),
            ByteGather.TakeIntegers(windows, BlueControl));
    }

    private static Vector256<byte> Control(int channel)
    {
        Span<byte> control = stackalloc byte[Vector256<byte>.Count];
        ByteGather.Prepare(
            [channel, channel + 3, channel + 6, channel + 9, channel, channel + 3, channel + 6, channel + 9], control);
        return Vector256.Create<byte>(control);
    }
}
