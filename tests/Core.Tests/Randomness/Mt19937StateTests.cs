using DqnAspire.Core.Randomness;

namespace DqnAspire.Core.Tests.Randomness;

public sealed class Mt19937StateTests
{
    [Fact]
    public void Seed5489_GivesThePublishedNumbers()
    {
        Mt19937State state = default;
        state.Seed(5489);
        var numbers = new uint[10_000];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = state.NextUInt32();
        }

        Assert.Equal([3_499_211_612u, 581_869_302u, 3_890_346_734u, 3_586_334_585u, 545_404_204u], numbers[..5]);
        Assert.Equal(4_123_659_995u, numbers[^1]);
    }

    [Fact]
    public void ASeedStartsTheSequenceAnew()
    {
        Mt19937State state = default;
        state.Seed(1);
        var first = state.NextUInt32();
        state.Seed(1);
        Assert.Equal(first, state.NextUInt32());
        Assert.Equal(1_791_095_845u, first);
    }

    [Fact]
    public void ACopy_ContinuesIndependently()
    {
        Mt19937State state = default;
        state.Seed(7);
        _ = state.NextUInt32();
        var copy = state;
        var next = state.NextUInt32();
        _ = state.NextUInt32();
        Assert.Equal(next, copy.NextUInt32());
    }

    [Fact]
    public void TheState_IsItsWordsAndTheirCount_WithNothingBetween() =>
        Assert.Equal(
            (Mt19937State.Length + 1) * sizeof(uint), System.Runtime.CompilerServices.Unsafe.SizeOf<Mt19937State>());
}
