using System.Runtime.Intrinsics;

namespace DqnAspire.Atari2600.Tia;

/// <summary>
/// The line of 160 pixels that an object draws, as 160 bits with the leftmost pixel in bit 0. With lines as bits a
/// collision is an AND, and 32 pixels are coloured at a time.
/// </summary>
internal static class ObjectLine
{
    private static readonly byte[] Reversed = new byte[256];
    private static readonly uint[] Doubled = new uint[256];
    private static readonly uint[] Quadrupled = new uint[256];
    private static readonly Vector256<uint>[] From = new Vector256<uint>[Beam.PixelsPerLine + 1];
    private static readonly Vector256<uint>[] Until = new Vector256<uint>[Beam.PixelsPerLine + 1];

    static ObjectLine()
    {
        for (var value = 0; value < 256; value++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                if ((value & (1 << bit)) != 0)
                {
                    Reversed[value] |= (byte)(0x80 >> bit);
                    Doubled[value] |= 0b11u << (2 * bit);
                    Quadrupled[value] |= 0b1111u << (4 * bit);
                }
            }
        }

        var line = Vector256.Create(
            uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, 0, 0, 0);
        var until = Vector256<uint>.Zero;
        for (var pixel = 0; pixel <= Beam.PixelsPerLine; pixel++)
        {
            From[pixel] = line & ~until;
            Until[pixel] = until;
            if (pixel < Beam.PixelsPerLine)
            {
                until = until.WithElement(pixel / 32, until[pixel / 32] | (1u << (pixel % 32)));
            }
        }
    }

    /// <summary>
    /// Where further copies of an object start, by the low three bits of NUSIZ: bits 0, 16 and 32 of a factor that
    /// repeats eight pixels. <see cref="HasFarCopy"/> says whether there is a copy 64 pixels to the right.
    /// </summary>
    private static ReadOnlySpan<ulong> CopyFactors =>
    [
        1, 1 | (1ul << 16), 1 | (1ul << 32), 1 | (1ul << 16) | (1ul << 32), 1, 1, 1 | (1ul << 32), 1,
    ];

    /// <summary>The byte with its bits in reverse order.</summary>
    public static byte Reverse(byte value) => Reversed[value];

    /// <summary>
    /// The pixels from <paramref name="start"/> up to and without <paramref name="end"/>, both 0..160.
    /// </summary>
    public static Vector256<uint> Span(int start, int end) => From[start] & Until[end];

    /// <summary>
    /// A player: eight pixels, the most significant bit leftmost, in the size and copies that NUSIZ asks for.
    /// </summary>
    public static Vector256<uint> Player(byte graphics, int nusiz, int position, bool firstCopyHidden)
    {
        var mode = nusiz & 7;
        uint pixels = Reversed[graphics];
        switch (mode)
        {
            // Players of double and fourfold width start one pixel late.
            case 5:
                return Place(firstCopyHidden ? 0 : (ulong)Doubled[pixels] << 1, 0, position);
            case 7:
                return Place(firstCopyHidden ? 0 : (ulong)Quadrupled[pixels] << 1, 0, position);
            default:
                var factor = CopyFactors[mode] - (firstCopyHidden ? 1ul : 0ul);
                return Place(pixels * factor, HasFarCopy(mode) ? pixels : 0, position);
        }
    }

    /// <summary>
    /// A missile: 1, 2, 4 or 8 pixels wide (<paramref name="size"/> 0..3), with the copies of its player.
    /// </summary>
    public static Vector256<uint> Missile(int size, int nusiz, int position)
    {
        var mode = nusiz & 7;
        var pixels = (1ul << (1 << size)) - 1;
        return Place(pixels * CopyFactors[mode], HasFarCopy(mode) ? pixels : 0, position);
    }

    /// <summary>The ball: 1, 2, 4 or 8 pixels wide (<paramref name="size"/> 0..3).</summary>
    public static Vector256<uint> Ball(int size, int position) => Place((1ul << (1 << size)) - 1, 0, position);

    /// <summary>
    /// The playfield: 20 bits of four pixels each, bit 0 leftmost, then the same again or mirrored.
    /// </summary>
    public static Vector256<uint> Playfield(int bits, bool reflected)
    {
        var right = reflected
            ? (Reversed[bits & 0xFF] << 12)
                | (Reversed[(bits >> 8) & 0xFF] << 4)
                | (Reversed[(bits >> 16) & 0xF] >> 4)
            : bits;
        var leftLow = Quadrupled[bits & 0xFF] | ((ulong)Quadrupled[(bits >> 8) & 0xFF] << 32);
        ulong leftHigh = Quadrupled[(bits >> 16) & 0xF];
        var rightLow = Quadrupled[right & 0xFF] | ((ulong)Quadrupled[(right >> 8) & 0xFF] << 32);
        ulong rightHigh = Quadrupled[(right >> 16) & 0xF];
        return Vector256.Create(leftLow, leftHigh | (rightLow << 16), (rightLow >> 48) | (rightHigh << 16), 0ul)
            .AsUInt32();
    }

    private static bool HasFarCopy(int mode) => mode is 4 or 6;

    /// <summary>
    /// Puts a pattern whose leftmost pixel is bit 0 of <paramref name="near"/>, and bit 0 of <paramref name="far"/> 64
    /// pixels to the right, at a position 0..159; what runs over the right edge comes in again at the left.
    /// </summary>
    private static Vector256<uint> Place(ulong near, ulong far, int position)
    {
        var shift = position & 63;
        var a = near << shift;
        var b = (near >> 1 >> (63 - shift)) | (far << shift);
        var c = far >> 1 >> (63 - shift);

        ulong w0, w1, w2, w3 = 0, w4 = 0;
        switch (position >> 6)
        {
            case 0:
                (w0, w1, w2) = (a, b, c);
                break;
            case 1:
                (w0, w1, w2, w3) = (0, a, b, c);
                break;
            default:
                (w0, w1, w2, w3, w4) = (0, 0, a, b, c);
                break;
        }

        w0 |= (w2 >> 32) | (w3 << 32);
        w1 |= (w3 >> 32) | (w4 << 32);
        return Vector256.Create(w0, w1, (uint)w2, 0ul).AsUInt32();
    }
}
