using System.Numerics;
using System.Security.Cryptography;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Environments;

/// <summary>The generator that a reset leaves an environment with, the same rule for all of them.</summary>
internal static class EnvironmentRandom
{
    /// <summary>A new generator for a given seed, the same one without, and one from the system's entropy at first.</summary>
    public static Pcg64 AtReset(Pcg64? current, ulong? seed) =>
        seed is { } number ? new Pcg64(number) : current ?? new Pcg64(new SeedSequence(Entropy()));

    private static BigInteger Entropy()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return new BigInteger(bytes, isUnsigned: true);
    }
}
