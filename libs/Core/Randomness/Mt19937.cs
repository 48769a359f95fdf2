namespace DqnAspire.Core.Randomness;

/// <summary>
/// MT19937, the 32-bit Mersenne Twister of Matsumoto and Nishimura (1998), seeded from one 32-bit number: the generator
/// <c>std::mt19937</c> of C++, which the Arcade Learning Environment uses.
/// </summary>
public sealed class Mt19937
{
    /// <summary>Numbers that <see cref="CopyStateTo"/> gives.</summary>
    public const int StateLength = Length + 1;

    private const int Length = 624;
    private const int Middle = 397;
    private const uint MatrixA = 0x9908_B0DF;
    private const uint UpperMask = 0x8000_0000;
    private const uint LowerMask = 0x7FFF_FFFF;

    private readonly uint[] _words = new uint[Length];
    private int _next = Length;

    /// <summary>Seeds the generator (<c>init_genrand</c> of the published algorithm).</summary>
    /// <param name="seed">The seed.</param>
    public Mt19937(uint seed)
    {
        _words[0] = seed;
        for (var i = 1; i < Length; i++)
        {
            seed = (1_812_433_253u * (seed ^ (seed >> 30))) + (uint)i;
            _words[i] = seed;
        }
    }

    /// <summary>The whole state: the 624 words, then how many of them have been given out, 0 to 624.</summary>
    /// <param name="state">Receives <see cref="StateLength"/> numbers.</param>
    /// <exception cref="ArgumentException"><paramref name="state"/> is too short.</exception>
    public void CopyStateTo(Span<uint> state)
    {
        _words.CopyTo(state);
        state[Length] = (uint)_next;
    }

    /// <summary>Goes on exactly as the generator that a state was taken from.</summary>
    /// <param name="state">What <see cref="CopyStateTo"/> gave.</param>
    /// <returns>False, and nothing has changed, when no generator has such a state: more words given out than there are.</returns>
    /// <exception cref="ArgumentException"><paramref name="state"/> has another length.</exception>
    public bool TrySetState(ReadOnlySpan<uint> state)
    {
        if (state.Length != StateLength)
        {
            throw new ArgumentException($"A state of MT19937 is {StateLength} numbers, not {state.Length}.", nameof(state));
        }

        if (state[Length] > Length)
        {
            return false;
        }

        state[..Length].CopyTo(_words);
        _next = (int)state[Length];
        return true;
    }

    /// <summary>The next 32 bits.</summary>
    public uint NextUInt32()
    {
        if (_next == Length)
        {
            Twist();
            _next = 0;
        }

        var word = _words[_next++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9D2C_5680;
        word ^= (word << 15) & 0xEFC6_0000;
        return word ^ (word >> 18);
    }

    private void Twist()
    {
        for (var i = 0; i < Length; i++)
        {
            var word = (_words[i] & UpperMask) | (_words[(i + 1) % Length] & LowerMask);
            _words[i] = _words[(i + Middle) % Length] ^ (word >> 1) ^ ((word & 1) == 0 ? 0 : MatrixA);
        }
    }
}
