using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Tests;

public sealed unsafe class MersenneTwisterTests
{
    [Fact]
    public void Seed5489_GivesThePublishedNumbers()
    {
        MersenneTwisterState state;
        MersenneTwister.Seed(&state, 5489);
        var numbers = new uint[10_000];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = MersenneTwister.Next(&state);
        }

        Assert.Equal([3_499_211_612u, 581_869_302u, 3_890_346_734u, 3_586_334_585u, 545_404_204u], numbers[..5]);
        Assert.Equal(4_123_659_995u, numbers[^1]);
    }

    [Fact]
    public void ASeedStartsTheSequenceAnew()
    {
        MersenneTwisterState state;
        MersenneTwister.Seed(&state, 1);
        uint first = MersenneTwister.Next(&state);
        MersenneTwister.Seed(&state, 1);
        Assert.Equal(first, MersenneTwister.Next(&state));
        Assert.Equal(1_791_095_845u, first);
    }
}
