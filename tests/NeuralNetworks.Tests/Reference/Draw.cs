using DqnAspire.Core.Randomness;

namespace DqnAspire.NeuralNetworks.Tests.Reference;

/// <summary>Seeded test data.</summary>
internal static class Draw
{
    public static float[] Floats(ulong seed, int count, double low = -1, double high = 1)
    {
        var random = new Pcg64(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.Uniform(low, high))];
    }

    public static byte[] Bytes(ulong seed, int count)
    {
        var random = new Pcg64(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.Integers(0, 256))];
    }

    public static int[] Actions(ulong seed, int count, int actions)
    {
        var random = new Pcg64(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (int)random.Integers(0, actions))];
    }

    /// <summary>Rows that sum to one.</summary>
    public static float[] Distributions(ulong seed, int count, int atoms)
    {
        var values = Floats(seed, count * atoms, 0.1);
        foreach (var row in values.Chunk(atoms).Select((row, i) => (Sum: row.Sum(), Start: i * atoms)).ToArray())
        {
            for (var i = 0; i < atoms; i++)
            {
                values[row.Start + i] /= row.Sum;
            }
        }

        return values;
    }
}
