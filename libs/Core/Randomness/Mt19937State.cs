using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DqnAspire.Core.Randomness;

/// <summary>
/// The generator <see cref="Mt19937"/> as a value without references: 2,500 bytes that can be part of a larger state,
/// which is then saved by copying. Copies continue independently.
/// </summary>
public struct Mt19937State
{
    /// <summary>Words of the state.</summary>
    public const int Length = 624;

    private const int Middle = 397;
    private const uint MatrixA = 0x9908_B0DF;
    private const uint UpperMask = 0x8000_0000;
    private const uint LowerMask = 0x7FFF_FFFF;

    private WordArray _words;
    private int _used;

    /// <summary>Words that were handed out since the last twist, 0 to <see cref="Length"/>.</summary>
    public int Used
    {
        readonly get => _used;
        internal set => _used = value;
    }

    /// <summary>The words.</summary>
    [UnscopedRef]
    internal Span<uint> Words => _words;

    /// <summary>Starts the sequence of a seed (<c>init_genrand</c> of the published algorithm).</summary>
    /// <param name="seed">The seed.</param>
    public void Seed(uint seed)
    {
        Span<uint> words = _words;
        words[0] = seed;
        for (var i = 1; i < Length; i++)
        {
            seed = (1_812_433_253u * (seed ^ (seed >> 30))) + (uint)i;
            words[i] = seed;
        }

        _used = Length;
    }

    /// <summary>The next 32 bits.</summary>
    public uint NextUInt32()
    {
        if (_used >= Length)
        {
            Twist(_words);
            _used = 0;
        }

        var word = _words[_used++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9D2C_5680;
        word ^= (word << 15) & 0xEFC6_0000;
        return word ^ (word >> 18);
    }

    private static void Twist(Span<uint> words)
    {
        for (var i = 0; i < Length; i++)
        {
            var word = (words[i] & UpperMask) | (words[(i + 1) % Length] & LowerMask);
            words[i] = words[(i + Middle) % Length] ^ (word >> 1) ^ ((word & 1) == 0 ? 0 : MatrixA);
        }
    }

    [InlineArray(Length)]
    private struct WordArray
    {
        private uint _first;
    }
}
