using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Tests.Atari.Rules;

public sealed class EveryGameTests
{
    private const int Episodes = 4;
    private const int FramesPerEpisode = 100;

    public static TheoryData<string> Ids => [.. NaiveRule.Games.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void OverAnyMemory_TheRuleGivesWhatItsTextSays(string id)
    {
        var random = new Pcg64(104);
        var memory = new TestMemory();
        var naive = new NaiveRule(NaiveRule.Games[id]);
        var state = new GameState(GameCatalog.Default.Get(id));
        for (var episode = 0; episode < Episodes; episode++)
        {
            Assert.Equal(naive.Values, state.Values.ToArray());
            for (var frame = 0; frame < FramesPerEpisode; frame++)
            {
                Change(memory, naive, random, everything: frame % 25 == 0);
                naive.Advance(memory);
                state.Advance(memory);
                Assert.Equal(naive.Values, state.Values.ToArray());
                Assert.Equal(naive.ReportedLives, state.Lives);
            }

            naive.Reset();
            state.Reset();
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Restored_AGameContinuesAsItWould(string id)
    {
        var random = new Pcg64(7);
        var memory = new TestMemory();
        var naive = new NaiveRule(NaiveRule.Games[id]);
        var state = new GameState(GameCatalog.Default.Get(id));
        for (var frame = 0; frame < 20; frame++)
        {
            Change(memory, naive, random, everything: frame == 0);
            state.Advance(memory);
        }

        var copy = new GameState(state.Rule);
        copy.Restore(state.Values);
        for (var frame = 0; frame < 20; frame++)
        {
            Change(memory, naive, random, everything: false);
            state.Advance(memory);
            copy.Advance(memory);
            Assert.Equal(state.Values.ToArray(), copy.Values.ToArray());
            Assert.Equal(
                (state.Reward, state.Score, state.Lives, state.IsTerminal),
                (copy.Reward, copy.Score, copy.Lives, copy.IsTerminal));
        }
    }

    [Fact]
    public void AFrame_AllocatesNothing()
    {
        var memory = new TestMemory();
        GameState[] states = [.. GameCatalog.Default.Games.Select(game => new GameState(game))];
        Assert.Equal(106, states.Length);
        var sum = Run();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
        {
            sum += Run();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, sum);

        int Run()
        {
            var total = 0;
            foreach (var state in states)
            {
                memory[0x80] = (memory[0x80] + 1) & 0xFF;
                state.Advance(memory);
                total += state.Reward + state.Score + state.Lives + (state.IsTerminal ? 1 : 0);
            }

            return total;
        }
    }

    /// <summary>
    /// Writes a few bytes, most of them such as the rule looks for where it looks; now and then all of them.
    /// </summary>
    private static void Change(TestMemory memory, NaiveRule rule, Pcg64 random, bool everything)
    {
        var bytes = rule.TellingBytes;
        var addresses = rule.TellingAddresses;
        for (var i = everything ? 0x100 : 5; i > 0; i--)
        {
            var address = everything && i <= 0x80 ? 0x7F + i : addresses[random.Integers(0, addresses.Length)];
            memory[address] = random.Integers(0, 3) > 0
                ? bytes[random.Integers(0, bytes.Length)]
                : (int)random.Integers(0, 256);
        }

        // The bytes that the one game with memory of its own looks at.
        foreach (var address in (ReadOnlySpan<int>)[0x10B4, 0x10B5, 0x10B6, 0x10E9, 0x10EE, 0x109D])
        {
            memory.Bus[address] = (byte)random.Integers(0, 4);
        }
    }
}
