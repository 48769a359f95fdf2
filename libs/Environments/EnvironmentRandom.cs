using System.Numerics;
using System.Security.Cryptography;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Environments;

/// <summary>The generator that a reset leaves an environment with, the same rule for all of them.</summary>
public static class EnvironmentRandom
{
    /// <summary>The generator of the episode that a reset begins.</summary>
    /// <param name="current">The generator of the last episode; null before the first reset.</param>
    /// <param name="seed">The seed that the reset was given; null lets the generator continue.</param>
    /// <returns>
    /// A new generator for a seed, else the current one; without either, one seeded by the operating system.
    /// </returns>
    public static Pcg64 AtReset(Pcg64? current, ulong? seed) =>
        seed is { } number ? new Pcg64(number) : current ?? new Pcg64(new SeedSequence(Entropy()));

    private static BigInteger Entropy()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return new BigInteger(bytes, isUnsigned: true);
    }
}
