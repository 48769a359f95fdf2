using DqnAspire.Runs.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace DqnAspire.Runs.Tests.Sessions;

public sealed class NoticeTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void ATrouble_IsShown_UntilItIsOver_AndItsEndForHalfAMinute()
    {
        var notice = new Notice(_clock);
        Assert.Equal("", notice.Text);

        notice.Notify("EnvService went away.");
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("EnvService went away.", notice.Text);
        Assert.True(notice.IsOpen);

        notice.Resolve("It is back.");
        Assert.False(notice.IsOpen);
        _clock.Advance(Notice.ResolvedTime - TimeSpan.FromSeconds(1));
        Assert.Equal("It is back.", notice.Text);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("", notice.Text);
    }
}
