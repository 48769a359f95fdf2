using DqnAspire.Core.Randomness;
using DqnAspire.Replay.Sampling;

namespace DqnAspire.Replay.Tests;

public sealed class RateLimiterTests
{
    [Fact]
    public void Below_MinSize_OnlyAppendingGoesOn()
    {
        var limiter = new RateLimiter { Limits = new RateLimits(10, 4, 8) };

        Assert.False(limiter.MaySample(9));
        Assert.True(limiter.MaySample(10));
        limiter.Appended(10, sizeBefore: 0);
        Assert.Equal(0, limiter.Balance);
        limiter.Appended(3, sizeBefore: 9);
        Assert.Equal(8, limiter.Balance);
    }

    [Fact]
    public void EitherSide_WaitsForTheOther()
    {
        var limiter = new RateLimiter { Limits = new RateLimits(1, 4, 8) };
        limiter.Appended(1, sizeBefore: 0);
        Assert.True(limiter.MayAppend(1));
        limiter.Appended(2, sizeBefore: 1);
        Assert.False(limiter.MayAppend(3));
        Assert.True(limiter.MaySample(3));
        limiter.Sampled(16);
        Assert.False(limiter.MaySample(3));
        Assert.True(limiter.MayAppend(3));
    }

    [Fact]
    public void AnyLimits_ChangedAtAnyTime_NeverStopBothSides_AndKeepTheRatio()
    {
        var random = new Pcg64(1);
        for (var round = 0; round < 200; round++)
        {
            var limiter = new RateLimiter();
            var size = 0;
            var appended = 0L;
            var sampled = 0L;
            for (var step = 0; step < 500; step++)
            {
                if (step % 100 == 0)
                {
                    limiter.Limits = new RateLimits(
                        (int)random.Integers(1, 20), random.Uniform(0.01, 10), random.Uniform(1, 50));
                    (appended, sampled) = (0, 0);
                }

                var block = (int)random.Integers(1, 100);
                var batch = (int)random.Integers(1, 200);
                var mayAppend = limiter.MayAppend(size);
                var maySample = limiter.MaySample(size);
                Assert.True(mayAppend || maySample);
                if (mayAppend && (!maySample || random.NextDouble() < 0.5))
                {
                    appended += Math.Clamp(size + block - Math.Max(limiter.Limits.MinSize, size), 0, block);
                    limiter.Appended(block, size);
                    size += block;
                }
                else
                {
                    limiter.Sampled(batch);
                    sampled += batch;
                }

                // Neither side gets further ahead than the buffer and one block or batch of its own.
                var ahead = (limiter.Limits.SamplesPerInsert * appended) - sampled;
                var limits = limiter.Limits;
                Assert.InRange(ahead, -limits.ErrorBuffer - 200, limits.ErrorBuffer + (limits.SamplesPerInsert * 100));
            }
        }
    }

    [Theory]
    [InlineData(0, 1.0, 1.0, "min_size: 0")]
    [InlineData(11, 1.0, 1.0, "min_size: 11")]
    [InlineData(1, -1.0, 1.0, "samples_per_insert: -1")]
    [InlineData(1, double.NaN, 1.0, "samples_per_insert: NaN")]
    [InlineData(1, 1.0, 0.5, "error_buffer: 0.5")]
    [InlineData(1, 1.0, double.PositiveInfinity, "error_buffer")]
    public void ImpossibleLimits_AreNamed(int minSize, double ratio, double buffer, string named)
    {
        var error = Assert.Throws<ArgumentException>(
            () => new RateLimits(minSize, ratio, buffer).Validate(capacity: 10));

        Assert.StartsWith(named, error.Message, StringComparison.Ordinal);
    }
}
