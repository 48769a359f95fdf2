using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>Rows of numbers made bytes. Sources hold whole blocks of eight; of the results only what is asked for is written.</summary>
internal static class ByteRow
{
    /// <summary>Each to the nearest byte, halves to the even one.</summary>
    public static void Round(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        var i = 0;
        for (; i + Vector256<float>.Count <= bytes.Length; i += Vector256<float>.Count)
        {
            Store(ToNearest(values, i), bytes, i);
        }

        if (i < bytes.Length)
        {
            Span<byte> last = stackalloc byte[Vector256<float>.Count];
            Store(ToNearest(values, i), last, 0);
            last[..(bytes.Length - i)].CopyTo(bytes[i..]);
        }
    }

    /// <summary>Each to the byte below it.</summary>
    public static void Truncate(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)values[i];
        }
    }

    /// <summary>Eight integers as bytes, those outside 0..255 as the nearest of these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> values, Span<byte> bytes, int index)
    {
        var clamped = Vector256.Clamp(values, Vector256<int>.Zero, Vector256.Create((int)byte.MaxValue));
        var words = Vector128.Narrow(clamped.GetLower(), clamped.GetUpper());
        var packed = Vector128.Narrow(words, words).AsByte().GetLower();
        MemoryMarshal.Write(bytes.Slice(index, Vector64<byte>.Count), packed.AsUInt64().ToScalar());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> ToNearest(ReadOnlySpan<float> values, int index) =>
        Vector256.ConvertToInt32Native(Vector256.Round(Vector256.Create(values.Slice(index, Vector256<float>.Count))));
}
