using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks.Tests;

public sealed class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void EveryTask_RunsOnce_BeforeTheCallReturns(int threads)
    {
        using var pool = new WorkerPool(threads);
        var counts = new int[1000];
        for (var round = 1; round <= 200; round++)
        {
            var tasks = round * 5;
            pool.Run(tasks, i => counts[i]++);

            Assert.All(counts.Take(tasks), (count, i) => Assert.Equal(round - (i / 5), count));
        }
    }

    [Fact]
    public void ThreadsThatSleep_AreWoken()
    {
        using var pool = new WorkerPool(2);
        using var both = new Barrier(2);
        for (var round = 0; round < 20; round++)
        {
            // Neither task ends before the other has begun: two threads must be at work.
            pool.Run(2, _ => Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(30))));
            // Long enough for the pool's thread to have gone to sleep in most rounds; in the others it is found awake.
            Thread.SpinWait(200_000);
        }
    }

    [Fact]
    public void AnExceptionOfATask_ReachesTheCaller_AndThePoolGoesOn()
    {
        using var pool = new WorkerPool(2);

        var error = Assert.Throws<InvalidOperationException>(() => pool.Run(10, i =>
        {
            if (i == 7)
            {
                throw new InvalidOperationException("seven");
            }
        }));

        Assert.Equal("seven", error.Message);
        var done = 0;
        pool.Run(10, _ => Interlocked.Increment(ref done));
        Assert.Equal(10, done);
    }
}
