using DqnAspire.LearnerService;
using Microsoft.Extensions.Time.Testing;

namespace DqnAspire.Services.Tests;

public sealed class RunNoticeTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void ATrouble_IsTold_UntilItIsOver_AndItsEndForHalfAMinute()
    {
        var notice = new RunNotice(_clock);
        Assert.Equal("", notice.Text);

        notice.Tell("EnvService went away.");
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("EnvService went away.", notice.Text);
        Assert.True(notice.IsOpen);

        notice.Resolve("It is back.");
        Assert.False(notice.IsOpen);
        _clock.Advance(RunNotice.ResolvedTime - TimeSpan.FromSeconds(1));
        Assert.Equal("It is back.", notice.Text);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("", notice.Text);
    }
}
