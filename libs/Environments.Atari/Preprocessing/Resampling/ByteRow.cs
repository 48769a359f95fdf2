using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>
/// Rows of numbers made bytes. Sources hold whole blocks of eight; of the results only what is asked for is written.
/// </summary>
internal static class ByteRow
{
    /// <summary>Each to the nearest byte, halves to the even one.</summary>
    public static void Round(ReadOnlySpan<float> values, Span<byte> bytes) => Write(values, bytes, rounds: true);

    /// <summary>Each to the byte below it.</summary>
    public static void Truncate(ReadOnlySpan<float> values, Span<byte> bytes) => Write(values, bytes, rounds: false);

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
    private static void Write(ReadOnlySpan<float> values, Span<byte> bytes, bool rounds)
    {
        var i = 0;
        for (; i + Vector256<float>.Count <= bytes.Length; i += Vector256<float>.Count)
        {
            Store(ToIntegers(values, i, rounds), bytes, i);
        }

        if (i < bytes.Length)
        {
            Span<byte> last = stackalloc byte[Vector256<float>.Count];
            Store(ToIntegers(values, i, rounds), last, 0);
            last[..(bytes.Length - i)].CopyTo(bytes[i..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> ToIntegers(ReadOnlySpan<float> values, int index, bool rounds)
    {
        var eight = Vector256.Create(values.Slice(index, Vector256<float>.Count));
        return Vector256.ConvertToInt32Native(rounds ? Vector256.Round(eight) : eight);
    }
}
