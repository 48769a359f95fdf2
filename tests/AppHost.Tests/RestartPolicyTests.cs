using DqnAspire.AppHost.Supervision;
using Microsoft.Extensions.Time.Testing;

namespace DqnAspire.AppHost.Tests;

public sealed class RestartPolicyTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Pauses_Double_AndTheSixthCrashIsFinal()
    {
        var policy = new RestartPolicy(_clock);

        var pauses = Enumerable.Range(0, 6).Select(_ => Crash(policy, ran: 1)).ToList();

        Assert.Equal([0.2, 0.4, 0.8, 1.6, 3.2, null], pauses);
        Assert.Equal(5, policy.Restarts);
    }

    [Fact]
    public void AServiceThatRanForAMinute_StartsCountingAnew()
    {
        var policy = new RestartPolicy(_clock);
        for (var i = 0; i < 5; i++)
        {
            Crash(policy, ran: 1);
        }

        Assert.Equal(0.2, Crash(policy, ran: 60));
        Assert.Equal(0.4, Crash(policy, ran: 59.9));
        Assert.Equal(7, policy.Restarts);
    }

    [Fact]
    public void AServiceThatNeverRan_IsGivenUpToo()
    {
        var policy = new RestartPolicy(_clock);

        var pauses = Enumerable.Range(0, 6).Select(_ =>
        {
            _clock.Advance(TimeSpan.FromHours(1));
            return policy.Crashed();
        }).ToList();

        Assert.Null(pauses[^1]);
        Assert.All(pauses[..5], pause => Assert.NotNull(pause));
    }

    private double? Crash(RestartPolicy policy, double ran)
    {
        policy.Started();
        _clock.Advance(TimeSpan.FromSeconds(ran));
        return policy.Crashed()?.TotalSeconds;
    }
}
