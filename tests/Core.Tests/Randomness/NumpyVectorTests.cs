using System.Globalization;
using System.Numerics;
using System.Text.Json;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Core.Tests.Randomness;

/// <summary>
/// Every list of numpy_rng.json, each from a fresh generator: the embedded copy and the one in GOLDEN_DIR.
/// </summary>
[Trait("Category", "GoldenGym")]
public sealed class NumpyVectorTests
{
    public static TheoryData<string, string> Vectors
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var source in GoldenVectors.Sources())
            {
                using var document = GoldenVectors.Open(source);
                foreach (var vector in document.RootElement.GetProperty("vectors").EnumerateArray())
                {
                    data.Add(source, vector.GetProperty("seed").GetString()!);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void SeedSequence_PoolAndState(string source, string seed) => WithVector(source, seed, (vector, sequence) =>
    {
        Assert.Equal(
            vector.GetProperty("seedsequence_pool_u32").EnumerateArray()
            .Select(v => v.GetUInt32()), sequence.Pool.ToArray());

        var words = new uint[8];
        sequence.GenerateState(words);
        Assert.Equal(vector.GetProperty("generate_state_8_u32").EnumerateArray().Select(v => v.GetUInt32()), words);

        var wide = new ulong[4];
        sequence.GenerateState(wide);
        Assert.Equal(UInt64s(vector.GetProperty("generate_state_4_u64")), wide);
    });

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Pcg64_StateAndRawOutput(string source, string seed) => WithVector(source, seed, (vector, sequence) =>
    {
        var random = new Pcg64(sequence);
        Assert.Equal(
            UInt128.Parse(
                vector.GetProperty("pcg64_state_hex")
                .GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture), random.State.State);
        Assert.Equal(
            UInt128.Parse(
                vector.GetProperty("pcg64_inc_hex")
                .GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture), random.State.Increment);
        foreach (var expected in UInt64s(vector.GetProperty("raw_u64")))
        {
            Assert.Equal(expected, random.NextUInt64());
        }
    });

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Doubles_AreEqualToTheLastBit(string source, string seed) =>
        WithVector(source, seed, (vector, sequence) =>
    {
        Check(vector.GetProperty("random"), sequence, random => random.NextDouble());
        Check(vector.GetProperty("uniform_m005_p005"), sequence, random => random.Uniform(-0.05, 0.05));
    });

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Integers_OfEveryRange(string source, string seed) => WithVector(source, seed, (vector, sequence) =>
    {
        foreach (var range in vector.GetProperty("integers").EnumerateObject())
        {
            var bounds = range.Name.Split(',').Select(v => long.Parse(v, CultureInfo.InvariantCulture)).ToArray();
            Check(range.Value, sequence, random => random.Integers(bounds[0], bounds[1]));
        }

        Check(vector.GetProperty("choice_7_uniform"), sequence, random => random.Integers(0, 7));
        Check(vector.GetProperty("discrete4_space_samples"), sequence, random => random.Integers(0, 4));
        Check(vector.GetProperty("discrete2_space_samples"), sequence, random => random.Integers(0, 2));
    });

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Choice_WithProbabilities(string source, string seed) => WithVector(source, seed, (vector, sequence) =>
        Check(vector.GetProperty("choice_4_p_0_1_0_2_0_3_0_4"), sequence, random =>
            random.Choice([0.1, 0.2, 0.3, 0.4])));

    [Theory]
    [MemberData(nameof(Vectors))]
    public void MixedCalls_ShareOneStream(string source, string seed) => WithVector(source, seed, (vector, sequence) =>
    {
        var random = new Pcg64(sequence);
        foreach (var call in vector.GetProperty("interleaved").EnumerateArray())
        {
            var drawn = call[0].GetString() switch
            {
                "integers(0,4)" => random.Integers(0, 4),
                "random()" => random.NextDouble(),
                "uniform(-1,1)" => random.Uniform(-1, 1),
                var other => throw new InvalidDataException($"unknown call {other}"),
            };
            Assert.Equal(call[1].GetDouble(), drawn);
        }
    });

    [Theory]
    [MemberData(nameof(Vectors))]
    public void SeedsOf64Bits_GiveTheSameInBothForms(string source, string seed) =>
        WithVector(source, seed, (_, sequence) =>
    {
        if (ulong.TryParse(seed, CultureInfo.InvariantCulture, out var narrow))
        {
            Assert.Equal(sequence.Pool.ToArray(), new SeedSequence(narrow).Pool.ToArray());
            Assert.Equal(new Pcg64(sequence).State, new Pcg64(narrow).State);
        }
    });

    private static void Check(JsonElement expected, SeedSequence sequence, Func<Pcg64, double> draw)
    {
        var random = new Pcg64(sequence);
        foreach (var value in expected.EnumerateArray())
        {
            Assert.Equal(value.GetDouble(), draw(random));
        }
    }

    private static IEnumerable<ulong> UInt64s(JsonElement list) =>
        list.EnumerateArray().Select(v => ulong.Parse(v.GetString()!, CultureInfo.InvariantCulture));

    private static void WithVector(string source, string seed, Action<JsonElement, SeedSequence> check)
    {
        using var document = GoldenVectors.Open(source);
        var vector = document.RootElement.GetProperty("vectors").EnumerateArray()
            .Single(v => v.GetProperty("seed").GetString() == seed);
        check(vector, new SeedSequence(BigInteger.Parse(seed, CultureInfo.InvariantCulture)));
    }
}
