using DqnAspire.Runs.Sessions;

namespace DqnAspire.Runs.Tests.Sessions;

public sealed class ServicePatienceTests
{
    private readonly Clock _clock = new();
    private readonly ServicePatience _patience;

    public ServicePatienceTests() => _patience = new ServicePatience(TimeSpan.FromSeconds(5), _clock);

    [Fact]
    public void Pauses_Grow_UntilPatienceEnds()
    {
        var pauses = new List<double>();
        var trained = true;
        while (_patience.NextPause(steps: 7, trained) is { } pause)
        {
            pauses.Add(pause.TotalSeconds);
            _clock.Now += pause;
            trained = false;
        }

        // 0.1 + 0.2 + 0.4 + 0.8 + 1.6 is 3.1 s; two more would make it 5.1.
        Assert.Equal([0.1, 0.2, 0.4, 0.8, 1.6], pauses);
        Assert.Equal("It was not back within 5 s.", _patience.Reason);
    }

    [Fact]
    public void EveryLossOfARunThatComesFarther_HasAllThePatience()
    {
        for (var steps = 0; steps < 100; steps++)
        {
            Assert.Equal(TimeSpan.FromSeconds(0.1), _patience.NextPause(steps, trained: true));
            _clock.Now += TimeSpan.FromSeconds(60);
        }
    }

    [Fact]
    public void ARunThatTakesAServiceDownAtTheSameStep_IsGivenUp()
    {
        var losses = 0;
        while (_patience.NextPause(steps: 500, trained: true) is not null)
        {
            losses++;
            _clock.Now += TimeSpan.FromSeconds(60);
        }

        Assert.Equal(ServicePatience.MaxLossesInPlace, losses);
        Assert.Equal("It went away 11 times before the run came farther than step 500.", _patience.Reason);
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
