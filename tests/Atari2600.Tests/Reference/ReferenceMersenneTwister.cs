namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>
/// MT19937 (Matsumoto and Nishimura, 1998) as its recurrence is printed, one word at a time:
/// x[k+624] = x[k+397] ^ (upper bit of x[k], lower 31 bits of x[k+1]) A.
/// </summary>
public sealed class ReferenceMersenneTwister
{
    private const int Length = 624;

    private readonly uint[] _x = new uint[Length];
    private int _k;

    /// <summary>Fills the state from one word, as the algorithm's authors do in <c>init_genrand</c>.</summary>
    public ReferenceMersenneTwister(uint seed)
    {
        _x[0] = seed;
        for (uint i = 1; i < Length; i++)
        {
            var previous = _x[i - 1];
            _x[i] = (1812433253 * (previous ^ (previous >> 30))) + i;
        }
    }

    /// <summary>The next 32 bits.</summary>
    public uint Next()
    {
        var joined = (_x[_k] & 0x80000000) | (_x[(_k + 1) % Length] & 0x7FFFFFFF);
        var timesA = (joined >> 1) ^ ((joined & 1) == 1 ? 0x9908B0DF : 0);
        var y = _x[_k] = _x[(_k + 397) % Length] ^ timesA;
        _k = (_k + 1) % Length;

        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }

    /// <summary>The low byte of the next word.</summary>
    public byte NextByte() => (byte)Next();
}
