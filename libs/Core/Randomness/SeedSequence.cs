using System.Numerics;

namespace DqnAspire.Core.Randomness;

/// <summary>
/// Spreads a seed of any length over a pool of four 32-bit words from which generators take their initial state: the
/// hash of NumPy's <c>SeedSequence</c> with its default pool size, word for word.
/// </summary>
/// <remarks>After M. E. O'Neill, "Developing a seed_seq Alternative" (2015), with NumPy's constants.</remarks>
public sealed class SeedSequence
{
    private const int PoolSize = 4;
    private const uint InitialHashA = 0x43b0d7e5;
    private const uint MultiplierA = 0x931e8875;
    private const uint InitialHashB = 0x8b51f9dd;
    private const uint MultiplierB = 0x58f38ded;
    private const uint MixMultiplierLeft = 0xca01f9dd;
    private const uint MixMultiplierRight = 0x4973f715;
    private const int Shift = 16;

    private readonly uint[] _pool = new uint[PoolSize];

    /// <summary>Hashes a 64-bit seed; equal to <see cref="SeedSequence(BigInteger)"/> with the same number.</summary>
    /// <param name="seed">Any number.</param>
    public SeedSequence(ulong seed)
    {
        Span<uint> words = [(uint)seed, (uint)(seed >> 32)];
        // The number's own length counts: a seed below 2^32 is one word.
        Mix(words[1] == 0 ? words[..1] : words);
    }

    /// <summary>Hashes a seed of any length.</summary>
    /// <param name="seed">A number that is not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="seed"/> is negative.</exception>
    public SeedSequence(BigInteger seed)
    {
        if (seed.Sign < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(seed), seed, "A seed must not be negative.");
        }

        var bytes = seed.ToByteArray(isUnsigned: true);
        var words = new uint[(bytes.Length + 3) / 4];
        for (var i = 0; i < bytes.Length; i++)
        {
            words[i / 4] |= (uint)bytes[i] << (8 * (i % 4));
        }

        Mix(words);
    }

    /// <summary>The four mixed words.</summary>
    public ReadOnlySpan<uint> Pool => _pool;

    /// <summary>
    /// Fills <paramref name="words"/> with generator state. The same call gives the same words every time.
    /// </summary>
    /// <param name="words">Receives the words; a longer span starts with the words of a shorter one.</param>
    public void GenerateState(Span<uint> words)
    {
        var hash = InitialHashB;
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = NextStateWord(i, ref hash);
        }
    }

    /// <summary>
    /// Fills <paramref name="words"/> with generator state: each takes two 32-bit words, low half first.
    /// </summary>
    /// <param name="words">Receives the words.</param>
    public void GenerateState(Span<ulong> words)
    {
        var hash = InitialHashB;
        for (var i = 0; i < words.Length; i++)
        {
            ulong low = NextStateWord(2 * i, ref hash);
            ulong high = NextStateWord((2 * i) + 1, ref hash);
            words[i] = low | (high << 32);
        }
    }

    private uint NextStateWord(int index, ref uint hash)
    {
        var word = _pool[index % PoolSize] ^ hash;
        hash *= MultiplierB;
        word *= hash;
        return word ^ (word >> Shift);
    }

    private void Mix(ReadOnlySpan<uint> entropy)
    {
        var hash = InitialHashA;
        for (var i = 0; i < PoolSize; i++)
        {
            _pool[i] = HashMix(i < entropy.Length ? entropy[i] : 0, ref hash);
        }

        for (var source = 0; source < PoolSize; source++)
        {
            for (var target = 0; target < PoolSize; target++)
            {
                if (target != source)
                {
                    _pool[target] = Combine(_pool[target], HashMix(_pool[source], ref hash));
                }
            }
        }

        for (var i = PoolSize; i < entropy.Length; i++)
        {
            for (var target = 0; target < PoolSize; target++)
            {
                _pool[target] = Combine(_pool[target], HashMix(entropy[i], ref hash));
            }
        }
    }

    private static uint HashMix(uint value, ref uint hash)
    {
        value ^= hash;
        hash *= MultiplierA;
        value *= hash;
        return value ^ (value >> Shift);
    }

    private static uint Combine(uint left, uint right)
    {
        var mixed = (MixMultiplierLeft * left) - (MixMultiplierRight * right);
        return mixed ^ (mixed >> Shift);
    }
}
