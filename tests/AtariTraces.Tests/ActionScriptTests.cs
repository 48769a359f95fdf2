using DqnAspire.AtariTraces.Format;
using DqnAspire.AtariTraces.Recording;

namespace DqnAspire.AtariTraces.Tests;

public sealed class ActionScriptTests
{
    [Fact]
    public void Lcg1_BeginsAsDocumented_AndHoldsEachAction()
    {
        var script = ActionScript.Parse("lcg1", hold: 4);

        var choices = new[] { 16, 8, 16, 7, 0, 6, 14, 0 };
        Assert.Equal(choices.SelectMany(
            choice => Enumerable.Repeat(choice, 4)), Enumerable.Range(0, 32).Select(_ => script.Next()));
    }

    /// <summary>x = 2 * 1664525 + 1013904223 = 1017233273 = 3CA1BF79h; 3CA1h = 15521 = 862 * 18 + 5.</summary>
    [Fact]
    public void Lcg2_BeginsWithTheActionWorkedOutByHand() =>
        Assert.Equal(5, ActionScript.Parse("lcg2", hold: 1).Next());

    [Fact]
    public void Noop_NeverActs()
    {
        var script = ActionScript.Parse("noop", hold: 4);

        Assert.Equal(("noop", 1u, 0), (script.Name, script.Seed, script.Hold));
        Assert.All(Enumerable.Range(0, 20), _ => Assert.Equal(0, script.Next()));
    }

    [Theory]
    [InlineData("lcg", 4, "There is no script 'lcg'. Scripts: noop, lcgN with a seed N.")]
    [InlineData("lcg-1", 4, "There is no script 'lcg-1'. Scripts: noop, lcgN with a seed N.")]
    [InlineData("lcg4294967296", 4, "There is no script 'lcg4294967296'. Scripts: noop, lcgN with a seed N.")]
    [InlineData("random", 4, "There is no script 'random'. Scripts: noop, lcgN with a seed N.")]
    [InlineData("lcg1", 0, "An action cannot be held for 0 frames.")]
    public void AnythingElse_IsAnError(string name, int hold, string message) =>
        Assert.Equal(message, Assert.Throws<TraceFormatException>(() => ActionScript.Parse(name, hold)).Message);
}
