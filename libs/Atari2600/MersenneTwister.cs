using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600;

/// <summary>
/// MT19937, the 32-bit Mersenne Twister (Matsumoto and Nishimura, 1998), initialised from one 32-bit seed. ALE fills
/// memory and timer with it at power-up, so its output is part of what a cartridge sees.
/// </summary>
internal static unsafe class MersenneTwister
{
    private const int Middle = 397;
    private const uint MatrixA = 0x9908_B0DF;
    private const uint UpperMask = 0x8000_0000;
    private const uint LowerMask = 0x7FFF_FFFF;

    /// <summary>Initialises the state from a seed (<c>init_genrand</c> of the published algorithm).</summary>
    public static void Seed(MersenneTwisterState* state, uint seed)
    {
        uint word = seed;
        state->Words[0] = word;
        for (int i = 1; i < MersenneTwisterState.Length; i++)
        {
            word = (1_812_433_253u * (word ^ (word >> 30))) + (uint)i;
            state->Words[i] = word;
        }

        state->Next = MersenneTwisterState.Length;
    }

    /// <summary>The next 32 bits.</summary>
    public static uint Next(MersenneTwisterState* state)
    {
        if (state->Next >= MersenneTwisterState.Length)
        {
            Twist(state->Words);
            state->Next = 0;
        }

        uint y = state->Words[state->Next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C_5680;
        y ^= (y << 15) & 0xEFC6_0000;
        return y ^ (y >> 18);
    }

    private static void Twist(uint* words)
    {
        for (int i = 0; i < MersenneTwisterState.Length; i++)
        {
            uint y = (words[i] & UpperMask) | (words[(i + 1) % MersenneTwisterState.Length] & LowerMask);
            words[i] = words[(i + Middle) % MersenneTwisterState.Length] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : MatrixA);
        }
    }
}
