using System.Buffers.Binary;
using System.Text.Json;
using DqnAspire.Environments.Atari;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Tests.Atari.Rules;

/// <summary>Every game's formulas against a C compiler's understanding of them, see Golden/make_vectors.py.</summary>
public sealed class CompilerVectorTests
{
    private static readonly JsonElement File = Read();

    public static TheoryData<string> Ids =>
        [.. File.GetProperty("games").EnumerateArray().Select(game => game.GetProperty("id").GetString()!)];

    [Fact]
    public void AllCommercialGames_AreThere() =>
        Assert.Equal(NaiveRule.Games.Keys.Except(BundledCartridges.Ids), Ids.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Game_GivesWhatCompiledCGives(string id)
    {
        var vectors = File.GetProperty("games").EnumerateArray()
            .Single(game => game.GetProperty("id").GetString() == id);
        int[] addresses = [.. vectors.GetProperty("addresses").EnumerateArray().Select(address => address.GetInt32())];
        byte[] bytes = [.. vectors.GetProperty("bytes").EnumerateArray().Select(value => value.GetByte())];
        var random = new LinearGenerator(vectors.GetProperty("seed").GetUInt32());
        var state = new GameState(GameCatalog.Default.Get(id));
        var memory = new TestMemory();
        var hash = new Fnv1A();
        foreach (var expected in vectors.GetProperty("hashes").EnumerateArray())
        {
            for (var frame = File.GetProperty("framesPerHash").GetInt32(); frame > 0; frame--)
            {
                for (var writes = File.GetProperty("writesPerFrame").GetInt32(); writes > 0; writes--)
                {
                    var address = addresses[random.Next() % addresses.Length];
                    var isTelling = random.Next() % 4 != 0;
                    memory.Write(address, isTelling ? bytes[random.Next() % bytes.Length] : (byte)random.Next());
                }

                state.Advance(memory);
                foreach (var value in state.Values)
                {
                    hash.Add(value);
                }

                hash.Add(state.Lives);
            }

            Assert.Equal(expected.GetString(), $"{hash.Value:x16}");
        }
    }

    private static JsonElement Read()
    {
        using var stream = GoldenRules.Open("c_vectors.json");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    /// <summary>The high half of Numerical Recipes' generator modulo 2^32.</summary>
    private sealed class LinearGenerator(uint seed)
    {
        private uint _state = seed;

        public int Next()
        {
            _state = unchecked((_state * 1_664_525) + 1_013_904_223);
            return (int)(_state >> 16);
        }
    }

    /// <summary>FNV-1a of 64 bits over numbers in little-endian order.</summary>
    private sealed class Fnv1A
    {
        public ulong Value { get; private set; } = 0xCBF2_9CE4_8422_2325;

        public void Add(int number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
            foreach (var value in bytes)
            {
                Value = unchecked((Value ^ value) * 0x100_0000_01B3);
            }
        }
    }
}
